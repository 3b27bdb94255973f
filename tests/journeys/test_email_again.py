"""Mails that come again and again, over both ways at once: one effect each, in their order."""

import asyncio
import random

import pytest

from tests.emulators.mails import bounce, mail
from tests.engine.smtp import Inbox
from tests.journeys.conftest import OpenDesk
from tests.journeys.mailing import MANAGER, hand_over, heard, mail_desk, sent
from tests.journeys.talk import look, quiet, rows


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


async def test_answers_with_a_seal_that_come_five_times_at_once_are_heard_once(
    desk_on: OpenDesk, inbox: Inbox
) -> None:
    dice = random.Random(7)  # an order, not a secret
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail("n1 where is my order?"))
        ours = sent(inbox)[0]["Message-ID"]
        for n in range(2, 5):
            answers = [mail(f"n{m} and then?", m, answers=ours) for m in range(2, n + 1) for _ in range(5)]
            dice.shuffle(answers)
            await hand_over(desk, mail(f"n{n} and then?", n, answers=ours), settle=False)
            await asyncio.gather(*(hand_over(desk, answer, settle=False) for answer in answers))
        await quiet(desk)
        assert [text[:2] for text in await heard(desk)] == ["n1", "n2", "n3", "n4"]
        assert len((await look(desk)).tickets) == 1


async def test_answers_of_staff_and_bounces_that_come_five_times_at_once_act_once(
    desk_on: OpenDesk, inbox: Inbox
) -> None:
    async with mail_desk(desk_on, inbox) as desk:
        await hand_over(desk, mail("HUMAN please"))
        mails = {message["To"]: message for message in sent(inbox)}
        sealed = mails[MANAGER]["Reply-To"]
        answer = mail("It comes today", From=MANAGER, to=sealed)
        returned = bounce(mails["ann@mail.example"]["Message-ID"])
        both = [answer] * 5 + [returned] * 5
        random.Random(3).shuffle(both)
        await asyncio.gather(*(hand_over(desk, body, settle=False) for body in both))
        await quiet(desk)
        spoken = [m for m in (await look(desk)).messages if m.sender_type == "manager"]
        assert [m.content for m in spoken] == ["It comes today"]
        assert len(await rows(desk, "select 1 from raw_event where body->>'kind' = 'receipt'")) == 1
        assert [m.delivery_state for m in (await look(desk)).by_ai] == ["failed"]
