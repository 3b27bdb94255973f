"""A correspondence by mail on the whole road: a relay hands it over, and replies leave by SMTP in their thread."""

import uuid
from typing import Any

import pytest

from frontdesk.access.actor import OPERATOR
from frontdesk.channels.web_form.channel import WebForm
from frontdesk.intake.webhook import Outcome
from frontdesk.kit.reply_tokens import Answers, ReplyTokens
from frontdesk.terms import ChannelName
from frontdesk.tickets.message import new_message_id
from tests.emulators.mails import ADDRESS, bounce, mail
from tests.engine.smtp import Inbox
from tests.journeys.conftest import OpenDesk
from tests.journeys.mailing import MANAGER, hand_over, heard, mail_desk, sent, text_of
from tests.journeys.talk import look, quiet, rows

QUESTION = "Where is my order 54321?"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


async def test_a_mail_is_answered_in_its_thread_with_what_it_answers(desk_on: OpenDesk, inbox: Inbox) -> None:
    before = ["<newsletter@shop.example>", f"<{'x' * 90}@mail.example>"]
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail(QUESTION, answers=before[1], references=before[:1]))
    [reply] = sent(inbox)
    assert reply["In-Reply-To"] == "<ann-1@mail.example>"
    assert reply["References"].split() == [*before, "<ann-1@mail.example>"]
    assert (reply["From"], reply["To"]) == (f"Shop <{ADDRESS}>", "ann@mail.example")
    assert reply["Subject"].startswith("Re: Where is my order [T-0")
    assert reply["Auto-Submitted"] == "auto-replied"
    assert reply["X-Auto-Response-Suppress"]
    text = text_of(reply)
    assert text.startswith("RE: WHERE IS MY ORDER 54321?")
    assert f"Ann Lee wrote:\n> {QUESTION}\n" in text
    assert f">{QUESTION}</blockquote>" in text_of(reply, "html")


async def test_an_answer_joins_its_ticket_by_our_message_id_alone(desk_on: OpenDesk, inbox: Inbox) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail(QUESTION))
        ours = sent(inbox)[0]["Message-ID"]
        await hand_over(desk, mail("And my bill?", 2, answers=ours, subject="Something else"))
        seen = await look(desk)
        assert len(seen.tickets) == 1
        assert await heard(desk) == [QUESTION, "And my bill?"]
    assert sent(inbox)[1]["In-Reply-To"] == "<ann-2@mail.example>"
    assert sent(inbox)[1]["References"].split() == [ours, "<ann-2@mail.example>"]


async def test_an_answer_joins_its_ticket_by_the_address_it_goes_to(desk_on: OpenDesk, inbox: Inbox) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail(QUESTION))
        sealed = sent(inbox)[0]["Reply-To"]
        assert sealed.startswith("support+")
        await hand_over(desk, mail("And my bill?", 2, to=sealed.upper()))
        assert len((await look(desk)).tickets) == 1


async def test_without_such_addresses_it_joins_by_the_text_that_it_quotes(
    desk_on: OpenDesk, inbox: Inbox
) -> None:
    async with mail_desk(desk_on, inbox, email_plus_addresses="false") as desk:
        await hand_over(desk, mail(QUESTION))
        reply = sent(inbox)[0]
        assert reply["Reply-To"] is None
        quoted = "\n".join(f"> {line}" for line in text_of(reply).splitlines())
        await hand_over(desk, mail(f"And my bill?\n\nOn Friday, Shop wrote:\n{quoted}\n", 2))
        assert len((await look(desk)).tickets) == 1
        assert (await heard(desk))[1].startswith("And my bill?")


async def test_who_writes_on_before_an_answer_stays_in_the_ticket(desk_on: OpenDesk, inbox: Inbox) -> None:
    """Also where the program names the last mail alone."""
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail("One", 1))
        await hand_over(desk, mail("Two", 2, answers="<ann-1@mail.example>"))
        await hand_over(desk, mail("Three", 3, answers="<ann-2@mail.example>"))
        assert len((await look(desk)).tickets) == 1
        assert await heard(desk) == ["One", "Two", "Three"]


async def test_the_same_subject_and_a_ticket_s_number_join_nothing(desk_on: OpenDesk, inbox: Inbox) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail(QUESTION))
        await hand_over(desk, mail("And my bill?", 2, subject=sent(inbox)[0]["Subject"]))
        assert len((await look(desk)).tickets) == 2


async def test_a_stranger_who_guesses_ids_gets_into_nobody_s_conversation(
    desk_on: OpenDesk, inbox: Inbox
) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail(QUESTION))
        ours = sent(inbox)[0]["Message-ID"]
        forged = ReplyTokens(b"another key").token(Answers.CONVERSATION, str(uuid.uuid4()))
        changed = ours.replace(ours[1:5], "aaaa")
        for n, guessed in enumerate(["<ann-1@mail.example>", changed, f"<{forged}.x@shop.example>"], 2):
            await hand_over(desk, mail("Me too", n, "eve", answers=guessed))
        seen = await look(desk)
        first = seen.tickets[0].ticket_id
        assert [m.content for m in seen.messages if m.ticket_id == first and m.sender_type == "customer"] == [
            QUESTION
        ]


async def test_a_mail_with_another_s_message_id_is_a_mail_of_its_own(desk_on: OpenDesk, inbox: Inbox) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail("I was first", 1, "eve", message_id="<ann-1@mail.example>"))
        assert await hand_over(desk, mail(QUESTION)) is Outcome.ACCEPTED
        assert await heard(desk) == ["I was first", QUESTION]


async def test_another_s_answer_with_our_seal_is_heard_and_proves_nobody(
    desk_on: OpenDesk, inbox: Inbox
) -> None:
    verdict = "mx.shop.example; dmarc=pass header.from=mail.example"
    async with mail_desk(desk_on, inbox, email_authserv_id="mx.shop.example") as desk:
        await hand_over(desk, mail(QUESTION, authentication_results=verdict))
        [known] = await rows(desk, "select proof, customer_id from conversation")
        assert known["proof"] == "attested"
        ours = sent(inbox)[0]["Message-ID"]
        await hand_over(
            desk, mail("I am her brother", 2, "bob", answers=ours, authentication_results=verdict)
        )
        seen = await look(desk)
        assert len(seen.tickets) == 1
        [now] = await rows(desk, "select proof, customer_id, address from conversation")
        assert (now["proof"], now["customer_id"], now["address"]) == ("none", None, "ann@mail.example")
    assert sent(inbox)[1]["To"] == "ann@mail.example"


async def test_files_are_taken_out_of_the_mail_that_was_kept(desk_on: OpenDesk, inbox: Inbox) -> None:
    files = [("чек.pdf", "application/pdf", b"%PDF-1.7 bill"), ("photo.png", "image/png", b"\x89PNG" * 9)]
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail("See my bill", files=files))
        kept = await rows(desk, "select filename, size, blob_key, failure from attachment order by size")
        assert [(row["filename"], row["failure"]) for row in kept] == [("чек.pdf", None), ("photo.png", None)]
        assert await desk.blobs.get(kept[0]["blob_key"]) == b"%PDF-1.7 bill"


async def test_a_mail_that_came_back_is_shown_and_brings_a_person(desk_on: OpenDesk, inbox: Inbox) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail(QUESTION))
        ours = sent(inbox)[0]["Message-ID"]
        assert await hand_over(desk, bounce(ours, status="4.4.1")) is Outcome.NOTHING
        assert await hand_over(desk, bounce("<guessed@shop.example>")) is Outcome.SET_ASIDE
        seen = await look(desk)
        assert (seen.by_ai[0].delivery_state, seen.tickets[0].owner) == ("sent", "ai")
        await hand_over(desk, bounce(ours))
        await hand_over(desk, bounce(ours))
        seen = await look(desk)
        assert (seen.by_ai[0].delivery_state, seen.tickets[0].owner) == ("failed", "person")
        [failed] = await rows(
            desk, "select data->>'error' as error from ticket_event where type = 'send_failed'"
        )
        assert "5.1.1" in failed["error"]


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"auto_submitted": "auto-replied"}, "an automatic reply"),
        ({"list_id": "<news.mail.example>", "precedence": "list"}, "mail of a list"),
        ({"From": ADDRESS}, "mail of our own"),
    ],
)
async def test_what_no_customer_wrote_is_set_aside_for_people_to_see(
    desk_on: OpenDesk, inbox: Inbox, headers: dict[str, Any], why: str
) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        assert await hand_over(desk, mail("I am away", **headers)) is Outcome.SET_ASIDE
        assert await heard(desk) == []
        [kept] = await rows(desk, "select failure from raw_delivery")
        assert why in kept["failure"]
    assert sent(inbox) == []


async def test_an_answer_to_a_web_form_s_mail_joins_the_form_s_ticket(
    desk_on: OpenDesk, inbox: Inbox
) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        form = desk.channels.get(ChannelName.WEB_FORM, "default")
        assert isinstance(form, WebForm)
        ticket_id = str(uuid.uuid4())
        await desk.journey.accept(form.message(ticket_id, QUESTION, email="ann@mail.example", name="Ann"))
        await quiet(desk)
        ours = sent(inbox)[0]["Message-ID"]
        files = [("bill.pdf", "application/pdf", b"%PDF-1.7 bill")]
        await hand_over(desk, mail("And my bill?", 2, answers=ours, files=files))
        seen = await look(desk)
        assert [ticket.ticket_id for ticket in seen.tickets] == [ticket_id]
        assert await heard(desk) == [QUESTION, "And my bill?"]
        [file] = await rows(desk, "select blob_key from attachment")
        assert await desk.blobs.get(file["blob_key"]) == b"%PDF-1.7 bill"
        await hand_over(desk, bounce(sent(inbox)[1]["Message-ID"]))
        assert [m.delivery_state for m in (await look(desk)).by_ai] == ["sent", "failed"]


async def test_erasing_a_customer_takes_their_mails(desk_on: OpenDesk, inbox: Inbox) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail(QUESTION, files=[("bill.pdf", "application/pdf", b"%PDF")]))
        await hand_over(desk, mail("I am away", 2, auto_submitted="auto-replied"))
        assert len(await rows(desk, "select 1 from raw_delivery")) == 2
        await desk.privacy.eraser.erase(OPERATOR, "ann@mail.example")
        assert await rows(desk, "select 1 from raw_delivery") == []
        assert await hand_over(desk, mail(QUESTION)) is Outcome.DUPLICATE


async def test_two_programs_that_answer_each_other_end_there(desk_on: OpenDesk, inbox: Inbox) -> None:
    """Also where each mail is a thread of its own; a person may go on."""
    async with mail_desk(desk_on, inbox, email_answers_per_hour="3") as desk:
        for n in range(1, 6):
            await hand_over(desk, mail(f"Your mail {n} was received", n))
        await hand_over(desk, mail(QUESTION, 1, "bob"))
        answered = [message["To"] for message in sent(inbox) if message["To"] != MANAGER]
        assert answered == ["ann@mail.example"] * 3 + ["bob@mail.example"]
        seen = await look(desk)
        held = [m for m in seen.by_ai if m.delivery_state == "failed"]
        assert len(held) == 2
        owners = {ticket.ticket_id: ticket.owner for ticket in seen.tickets}
        assert {owners[m.ticket_id] for m in held} == {"person"}
        async with desk.db.transaction() as conn:
            await desk.ticket_actions.reply(
                conn, OPERATOR, held[0].ticket_id, "A person writes", new_message_id()
            )
        await quiet(desk)
        assert text_of(sent(inbox)[-1]).startswith("A person writes")


@pytest.mark.parametrize("headers", [{"From": "no-reply@shop.example"}, {"to": "someone@mail.example"}])
async def test_what_a_program_seems_to_have_written_is_a_person_s_and_nobody_is_told_so(
    desk_on: OpenDesk, inbox: Inbox, headers: dict[str, Any]
) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail(QUESTION, **headers))
        seen = await look(desk)
        assert [(ticket.owner, ticket.escalation_reason) for ticket in seen.tickets] == [("person", "policy")]
        assert seen.by_ai == []
    assert [message["To"] for message in sent(inbox)] == [MANAGER]


async def test_a_large_mail_is_taken_whole(desk_on: OpenDesk, inbox: Inbox) -> None:
    data = bytes(range(256)) * 4096 * 8  # 8 MB
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail(QUESTION, files=[("film.bin", "application/octet-stream", data)]))
        [file] = await rows(desk, "select blob_key from attachment")
        assert await desk.blobs.get(file["blob_key"]) == data


async def test_the_escalation_s_own_e_mail_that_comes_back_is_answered_by_nobody(
    desk_on: OpenDesk, inbox: Inbox
) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail("HUMAN please"))
        [escalation] = [message for message in sent(inbox) if message["To"] == MANAGER]
        assert await hand_over(desk, escalation.as_bytes()) is Outcome.SET_ASIDE
        assert len((await look(desk)).tickets) == 1


async def test_a_form_s_mail_is_answered_to_whom_it_names(desk_on: OpenDesk, inbox: Inbox) -> None:
    verdict = "mx.shop.example; dmarc=pass header.from=shop.example"
    headers: dict[str, Any] = {"From": "no-reply@shop.example", "reply_to": "Ann <ann@mail.example>"}
    async with mail_desk(desk_on, inbox, email_authserv_id="mx.shop.example") as desk:
        await hand_over(desk, mail(QUESTION, authentication_results=verdict, **headers))
        [ticket] = (await look(desk)).tickets
        [conversation] = await rows(desk, "select address, proof from conversation")
        assert conversation == {"address": "ann@mail.example", "proof": "claimed"}
        async with desk.db.transaction() as conn:
            await desk.ticket_actions.reply(conn, OPERATOR, ticket.ticket_id, "Tomorrow", new_message_id())
        await quiet(desk)
    assert sent(inbox)[-1]["To"] == "ann@mail.example"


async def test_mail_to_an_alias_is_mail_to_the_desk(desk_on: OpenDesk, inbox: Inbox) -> None:
    async with mail_desk(desk_on, inbox, email_aliases="info@shop.example, hello@shop.example") as desk:
        await hand_over(desk, mail(QUESTION, to="Info@shop.example"))
        assert [ticket.owner for ticket in (await look(desk)).tickets] == ["ai"]


async def test_a_letter_whose_end_nobody_saw_is_a_person_s_and_not_sent_again(
    desk_on: OpenDesk, inbox: Inbox
) -> None:
    inbox.answers = ["drop"]
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail(QUESTION))
        seen = await look(desk)
        assert [m.delivery_state for m in seen.by_ai] == ["failed"]
        assert seen.tickets[0].owner == "person"
        [attempts] = await rows(desk, "select attempts, last_error from outbox")
        assert attempts["attempts"] == 1
        assert "while the mail was handed over" in attempts["last_error"]
    assert [message["To"] for message in sent(inbox)] == [MANAGER]
