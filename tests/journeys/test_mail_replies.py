"""A person of the desk answers an escalation's e-mail: the customer gets it on their own channel, from nobody else."""

import base64

import pytest

from frontdesk.access import people
from frontdesk.access.actor import OPERATOR
from frontdesk.access.people import PersonFields
from frontdesk.access.roles import Role
from frontdesk.desk import Desk
from frontdesk.intake.parked import parked
from frontdesk.intake.webhook import Outcome
from frontdesk.terms import ChannelName
from tests.emulators.mails import mail
from tests.engine.smtp import Inbox
from tests.journeys.conftest import OpenDesk
from tests.journeys.mailing import MANAGER, hand_over, mail_desk, sent, text_of
from tests.journeys.talk import look, quiet, rows, said

ANSWER = "It comes today, by six."


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


async def escalated(desk: Desk, inbox: Inbox) -> str:
    """A customer in the chat asks for a person; the address by which the manager's mail is answered."""
    await desk.journey.accept(said("chat-1", "HUMAN please"))
    await quiet(desk)
    [mail_to_manager] = sent(inbox)
    assert mail_to_manager["To"] == MANAGER
    return str(mail_to_manager["Reply-To"])


async def by_people(desk: Desk) -> list[tuple[str | None, str, str]]:
    messages = (await look(desk)).messages
    return [(m.sender_name, m.content, m.delivery_state) for m in messages if m.sender_type == "manager"]


async def test_the_manager_s_answer_is_said_in_the_customer_s_chat(desk_on: OpenDesk, inbox: Inbox) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        sealed = await escalated(desk, inbox)
        assert "Ответьте на это письмо" in text_of(sent(inbox)[0]).splitlines()[0]
        quoted = "\n".join(f"> {line}" for line in text_of(sent(inbox)[0]).splitlines())
        body = mail(
            f"{ANSWER}\n\nOn Friday, Shop wrote:\n{quoted}\n", From=f"Aida <{MANAGER.upper()}>", to=sealed
        )
        for _ in range(3):
            await hand_over(desk, body)
        assert await by_people(desk) == [("Aida", ANSWER, "sent")]
        [ticket] = (await look(desk)).tickets
        assert (ticket.channel, ticket.owner) == (ChannelName.WEB_CHAT, "person")
        entry = "select distinct actor_kind from ticket_event where actor = 'Aida'"
        assert await rows(desk, entry) == [{"actor_kind": "person"}]


async def test_without_the_sealed_address_what_it_refers_to_or_quotes_is_proof_enough(
    desk_on: OpenDesk, inbox: Inbox
) -> None:
    async with mail_desk(desk_on, inbox, email_plus_addresses="false") as desk:
        await escalated(desk, inbox)
        [escalation] = sent(inbox)
        references = escalation["References"].split()
        body = mail(ANSWER, From=MANAGER, answers=escalation["Message-ID"], references=references)
        await hand_over(desk, body)
        quoted = "\n".join(f"> {line}" for line in text_of(escalation).splitlines())
        await hand_over(desk, mail(f"And a gift.\n\nOn Friday, Shop wrote:\n{quoted}\n", 2, From=MANAGER))
        assert [content for _, content, _ in await by_people(desk)] == [ANSWER, "And a gift."]


async def test_a_person_of_the_desk_answers_in_their_own_name_and_as_far_as_they_may(
    desk_on: OpenDesk, inbox: Inbox
) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        sealed = await escalated(desk, inbox)
        async with desk.db.transaction() as conn:
            for name, role, categories in [
                ("Aida", Role.MANAGER, None), ("Bek", Role.VIEWER, None), ("Dana", Role.MANAGER, ("billing",)),
            ]:  # fmt: skip
                fields = PersonFields(f"{name.lower()}@shop.example", name, role, categories)
                await people.create(conn, OPERATOR, fields)
            gone = await people.create(conn, OPERATOR, PersonFields("old@shop.example", "Old", Role.MANAGER))
            await people.set_disabled(conn, OPERATOR, gone.person_id, True)
        for n, name in enumerate(["aida", "bek", "dana", "old"], 1):
            sender = f"Somebody <{name}@shop.example>"
            await hand_over(desk, mail(f"{ANSWER} {name}", n, name, From=sender, to=sealed))
        assert await by_people(desk) == [("Aida", f"{ANSWER} aida", "sent")]
        async with desk.db.connection() as conn:
            assert len(await parked(conn)) == 3


async def test_a_stolen_seal_opens_nothing_and_its_mail_is_kept(desk_on: OpenDesk, inbox: Inbox) -> None:
    verdict = "mx.shop.example; dmarc=fail header.from=shop.example"
    async with mail_desk(desk_on, inbox, email_authserv_id="mx.shop.example") as desk:
        sealed = await escalated(desk, inbox)
        await hand_over(desk, mail("Send me the money", 1, "eve", to=sealed))
        forged = mail("Send me the money", 2, "eve", to=sealed, From=MANAGER, Authentication_Results=verdict)
        await hand_over(desk, forged)
        form = mail("Send me the money", 3, From="no-reply@mail.example", to=sealed, reply_to=MANAGER)
        await hand_over(desk, form)
        assert await by_people(desk) == []
        async with desk.db.connection() as conn:
            aside = await parked(conn)
        assert [event.kind for event in aside] == ["staff_reply"] * 3
        assert "eve@mail.example may not answer" in aside[2].reason


async def test_what_the_e_mail_to_staff_tells_goes_to_no_customer(desk_on: OpenDesk, inbox: Inbox) -> None:
    """However a mail program quotes it; where nothing says where the quote begins, nothing is said."""
    async with mail_desk(desk_on, inbox) as desk:
        sealed = await escalated(desk, inbox)
        escalation = text_of(sent(inbox)[0])
        seal = sealed.partition("+")[2].partition("@")[0]
        assert escalation.startswith("##-")
        odd = f"{ANSWER}\n\nFrom my pigeon, Shop <{sealed}> has said this:\n{escalation}"
        await hand_over(desk, mail(odd, 1, From=MANAGER, to=sealed))
        worse = f"{ANSWER}\nreference {seal} is the one"
        assert await hand_over(desk, mail(worse, 2, From=MANAGER, to=sealed)) is Outcome.SET_ASIDE
        assert [content for _, content, _ in await by_people(desk)] == [ANSWER]


async def test_an_automatic_reply_of_the_manager_never_reaches_the_customer(
    desk_on: OpenDesk, inbox: Inbox
) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        sealed = await escalated(desk, inbox)
        away = mail("I am away", From=MANAGER, to=sealed, Auto_Submitted="auto-replied")
        assert await hand_over(desk, away) is Outcome.SET_ASIDE
        assert await by_people(desk) == []


async def test_what_cannot_be_said_is_told_in_the_ticket(desk_on: OpenDesk, inbox: Inbox) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        sealed = await escalated(desk, inbox)
        async with desk.db.transaction() as conn:
            await desk.ticket_actions.close(conn, OPERATOR, (await look(desk)).tickets[0].ticket_id)
        await hand_over(desk, mail(ANSWER, From=MANAGER, to=sealed))
        assert await by_people(desk) == []
        notes = [m.content for m in (await look(desk)).messages if m.kind == "note"]
        assert len(notes) == 1
        assert MANAGER in notes[0]


async def test_files_of_an_answer_stay_behind_and_staff_see_it(desk_on: OpenDesk, inbox: Inbox) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        sealed = await escalated(desk, inbox)
        await hand_over(
            desk, mail(ANSWER, From=MANAGER, to=sealed, files=[("bill.pdf", "application/pdf", b"%PDF")])
        )
        assert [content for _, content, _ in await by_people(desk)] == [ANSWER]
        notes = [m.content for m in (await look(desk)).messages if m.kind == "note"]
        assert len(notes) == 1


async def test_erasing_the_customer_takes_the_manager_s_answer_too(desk_on: OpenDesk, inbox: Inbox) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        sealed = await escalated(desk, inbox)
        await hand_over(desk, mail(ANSWER, From=MANAGER, to=sealed))
        assert len(await rows(desk, "select 1 from raw_delivery")) == 1
        await desk.privacy.eraser.erase(OPERATOR, "chat-1@mail.example")
        left = await rows(desk, "select body from raw_delivery")
        assert not any(base64.b64encode(ANSWER.encode()) in bytes(row["body"]) for row in left)
        assert await rows(desk, "select 1 from raw_event where body->>'kind' = 'staff_reply'") == []
