from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.channels.email.answers import AnswerAddress
from frontdesk.engine.mailer import mime
from frontdesk.escalation.mail import reason_text, to_mail, trend_of
from frontdesk.escalation.story import AiAttempt, Links, Person, Story, StoryFile, StoryMessage
from frontdesk.kit.reply_tokens import ReplyTokens
from frontdesk.terms import (
    ChannelName,
    EntityType,
    EscalationId,
    EscalationReason,
    Priority,
    SenderType,
)
from frontdesk.tickets.decision import Source
from frontdesk.tickets.reading import Entity
from tests.unit.escalation.labels import LABELS, LANGUAGES
from tests.unit.escalation.reading import Page, written
from tests.unit.escalation.stories import START, STORY, story

ALMATY = ZoneInfo("Asia/Almaty")


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_and_html_tell_the_whole_story(language: str) -> None:
    content = written(language=language)
    shown = Page(content.html).text
    for text in (content.text, shown):
        flat = " ".join(text.split())
        for message in STORY.conversation:
            assert " ".join(message.content.split()) in flat
        for wanted in (
            STORY.ticket_number, STORY.ticket_id, STORY.subject, STORY.summary, "Ольга Пряхина",
            "olga@mail.example", "+77000000204", "54321", "переписка с курьером.png", "чек.pdf",
            "Если доставка опаздывает",
            "Я лично связался с курьерской службой", "Клиент недоволен и угрожает оглаской", "11:54",
            reason_text(EscalationReason.ANGER, language), LABELS["channel"]["web_chat"][language],
            LABELS["category"]["delivery"][language], LABELS["priority"]["urgent"][language],
            LABELS["proof"]["attested"][language], LABELS["trend"]["falling"][language],
        ):  # fmt: skip
            assert " ".join(wanted.split()) in flat, wanted
    for link in (
        STORY.links.ticket,
        STORY.links.hand_back,
        STORY.links.resolve,
        "https://desk.example/files/1",
    ):
        assert link in content.text
        assert link in Page(content.html).addresses


def test_the_subject_names_ticket_reason_and_customer() -> None:
    assert written().subject == (
        "[T-000123] СРОЧНО: клиент в гневе · Ольга Пряхина · Холодильник не привезли третий день"
    )
    calm = story(
        priority=Priority.NORMAL, person=Person(), reason=EscalationReason.ASKS_HUMAN, subject="Hi\r\nBcc: x"
    )
    assert written(calm, "en").subject == "[T-000123] asks for a person · Hi Bcc: x"
    assert len(written(story(subject="слово " * 100)).subject) <= 140


def test_a_resolved_conversation_is_named_resolved() -> None:
    content = written(story(reason=None), "en")
    assert "resolved without a person" in content.subject
    assert "URGENT" not in content.subject
    assert "A person is needed" not in content.text + content.html


HOSTILE = '<script>alert(1)</script><img src=x onerror="x()">{{ 7*7 }}{% raw %}</td></table>&amp;\'">'


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_customers_write_stays_text(language: str) -> None:
    evil = HOSTILE
    hostile = story(
        subject=evil,
        summary=evil,
        suggested_reply=evil,
        note=evil,
        category=evil,
        ticket_id=evil,
        person=Person(evil, f'{evil}@x"onclick="y', evil),
        entities=(
            Entity(EntityType.PRODUCT, evil, evil, 0, 1),
            Entity(EntityType.AMOUNT, evil, evil, 0, 1, evil),
        ),
        conversation=(
            StoryMessage(
                SenderType.CUSTOMER, evil, START, evil, files=(StoryFile(evil, 1, "javascript:alert(1)"),)
            ),
        ),
        attempts=(AiAttempt(evil, evil, 0.5, (Source("d", evil, evil, evil, 1.0, "javascript:alert(2)"),)),),
        links=Links('https://desk.example/"><script>', "https://desk.example/?a=1&b=2"),
    )
    content = written(hostile, language)
    page, clean_page = Page(content.html), Page(written(language=language).html)
    assert page.tags <= clean_page.tags
    assert page.names <= clean_page.names
    assert page.text.count("<script>alert(1)</script>") >= 10
    assert "{{ 7*7 }}" in page.text
    assert not any(address.startswith("javascript:") for address in page.addresses)
    assert "https://desk.example/?a=1&b=2" in page.addresses
    assert HOSTILE in content.text


def test_nothing_is_loaded_from_outside() -> None:
    page = Page(written().html)
    assert not page.tags & {"img", "script", "link", "iframe", "object", "form", "input"}
    assert "url(" not in written().html
    assert "@import" not in written().html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_story_of_which_little_is_known_is_told_without_gaps(language: str) -> None:
    bare = Story("t", "T-000001", "", Person(), ChannelName.SMS, Priority.LOW, Links("https://d.example/t"))
    content = written(bare, language)
    for text in (content.text, Page(content.html).text):
        assert "None" not in text
        assert LABELS["label"]["hand_back"][language] not in text
        assert LABELS["label"]["suggested"][language] not in text
    assert "\n\n\n" not in content.text


def test_times_are_told_in_the_desks_zone() -> None:
    late = (StoryMessage(SenderType.MANAGER, "ok", datetime(2026, 12, 31, 20, 30, tzinfo=UTC), "Асель"),)
    assert "Сотрудник · Асель, 01.01.2027, 01:30" in written(story(conversation=late)).text
    assert "Staff · Асель, 01 Jan 2027, 01:30" in written(story(conversation=late), "en").text
    assert "times: Asia/Almaty" in written(language="en").text


@pytest.mark.parametrize(
    ("entity", "ru", "en"),
    [
        (Entity(EntityType.AMOUNT, "389990.50", "", 0, 1, "KZT"), "389 990,50 KZT", "389,990.50 KZT"),
        (Entity(EntityType.DATE, "2026-11-18", "", 0, 1), "18.11.2026", "18 Nov 2026"),
        (Entity(EntityType.DATE, "завтра", "", 0, 1), "завтра", "завтра"),
        (Entity(EntityType.AMOUNT, "много", "", 0, 1), "много", "много"),
        (Entity(EntityType.ORDER_NUMBER, "00123", "", 0, 1), "00123", "00123"),
    ],
)
def test_values_are_written_as_people_write_them(entity: Entity, ru: str, en: str) -> None:
    with_entity = story(entities=(entity,))
    assert f": {ru}\n" in written(with_entity).text.replace("\N{NO-BREAK SPACE}", " ")
    assert f": {en}\n" in written(with_entity, "en").text


@pytest.mark.parametrize(
    ("scores", "direction"),
    [
        ((), None),
        ((0.5,), "single"),
        ((0.8, 0.2), "falling"),
        ((0.2, 0.2, 0.7), "rising"),
        ((0.5, 0.45), "steady"),
    ],
)
def test_the_direction_of_the_mood(scores: tuple[float, ...], direction: str | None) -> None:
    trend = trend_of(scores)
    assert (trend and trend.direction) == direction


def test_the_trend_shows_the_latest_moods_alone() -> None:
    trend = trend_of(tuple(at / 40 for at in range(40)))
    assert trend is not None
    assert len(trend.bars) == 12
    assert trend.bars[-1] == (39 / 40, 39, "positive")


def test_a_custom_category_stands_for_itself() -> None:
    assert "Category: spare parts\n" in written(story(category="spare_parts"), "en").text


def test_a_desk_of_another_language_writes_russian() -> None:
    assert written(language="de").subject == written(language="ru").subject


def test_every_retry_is_the_same_mail() -> None:
    escalation = EscalationId("00000000-0000-0000-0000-00000000007f")
    answers = AnswerAddress("reply@d.example", True, ReplyTokens(b"key"))
    seal = answers.token(escalation)
    made = [
        to_mail(
            written(),
            escalation,
            "T-000123",
            sender="Desk <desk@d.example>",
            to="m@d.example",
            urgent=True,
            answers=answers,
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    sent = mime(made[0])
    assert sent["Message-ID"] == f"<escalation.{escalation}@d.example>"
    assert sent["References"] == f"<ticket.T-000123@d.example> <{seal}@d.example>"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["X-Auto-Response-Suppress"] == "All"
    assert sent["Reply-To"] == f"reply+{seal}@d.example"
    assert f"[{seal}]" in made[0].text
    assert sent["X-Priority"] == "1"
    assert sent.get_content_type() == "multipart/alternative"


def test_an_outside_producers_ticket_id_makes_a_lawful_header() -> None:
    mail = to_mail(written(), EscalationId("заявка 1>\r\n"), "№ 5", sender="d@d.example", to="m@d.example")
    assert mime(mail)["Message-ID"] == "<escalation.-------1---@d.example>"


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text(), st.sampled_from(LANGUAGES), st.floats(allow_nan=False, allow_infinity=False))
def test_any_text_makes_a_mail_that_can_be_sent(first: str, second: str, language: str, ltv: float) -> None:
    odd = story(
        subject=first,
        summary=second,
        person=Person(first, second, first, ltv=ltv, churn_risk=0.5),
        conversation=(StoryMessage(SenderType.CUSTOMER, first, START, second, 0.5),),
        suggested_reply=second,
        entities=(
            Entity(EntityType.AMOUNT, first, first, 0, 1, second),
            Entity(EntityType.DATE, second, second, 0, 1),
        ),
    )
    content = written(odd, language)
    mime(to_mail(content, EscalationId(first), second, sender="d@d.example", to="m@d.example")).as_bytes()


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e999999"])
def test_an_odd_amount_is_shown_as_it_was_written(value: str) -> None:
    odd = story(entities=(Entity(EntityType.AMOUNT, value, value, 0, 1),))
    assert f": {value}\n" in written(odd).text
    assert Decimal(value) is not None
