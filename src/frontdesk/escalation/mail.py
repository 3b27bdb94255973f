"""The manager's e-mail: a story as subject, plain text and HTML, in the desk's language."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from frontdesk.channels.email.answers import AnswerAddress
from frontdesk.channels.email.fold import answer_above
from frontdesk.channels.email.letter import LOOP_HEADER
from frontdesk.engine.mailer import Mail
from frontdesk.escalation.story import AiAttempt, Story, StoryMessage
from frontdesk.kit.text import clean, clip
from frontdesk.phrases import supported_language
from frontdesk.terms import EntityType, EscalationId, EscalationReason, Priority, SenderType, Sentiment
from frontdesk.tickets.decision import Source
from frontdesk.tickets.reading import Entity

_SUBJECT = 140
_BARS = 12
"""How many of the latest scores the trend shows."""
_STEADY = 0.1
"""A smaller change of the score counts as none."""


@dataclass(frozen=True, slots=True)
class MailContent:
    """What is stored with the escalation, and sent."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The customer's mood over the conversation."""

    scores: tuple[float, ...]
    direction: Literal["falling", "rising", "steady", "single"]

    @property
    def bars(self) -> list[tuple[float, int, str]]:
        """For each of the latest scores: the score, its height in pixels, its sentiment."""
        return [(score, 4 + round(score * 36), Sentiment.of(score).value) for score in self.scores[-_BARS:]]


def trend_of(scores: tuple[float, ...]) -> Trend | None:
    """None without scores."""
    if len(scores) < 2:
        return Trend(scores, "single") if scores else None
    change = scores[-1] - sum(scores[:-1]) / (len(scores) - 1)
    if abs(change) < _STEADY:
        return Trend(scores, "steady")
    return Trend(scores, "falling" if change < 0 else "rising")


def compose(
    story: Story,
    language: str,
    zone: ZoneInfo,
    desk: str = "Frontdesk",
    currency: str = "USD",
    *,
    may_answer: bool = False,
) -> MailContent:
    """The mail's content in `language` (ru, kk, en; else ru), with times in `zone`.

    `may_answer`: whoever gets it may answer the customer by answering the mail.
    """
    words = Words(supported_language(language), zone, currency)
    about: dict[str, Any] = {
        "story": story,
        "words": words,
        "desk": desk,
        "trend": trend_of(story.moods),
        "may_answer": may_answer,
        "answer_above": answer_above,
    }
    text, html = _template("escalation.txt"), _template("escalation.html")
    return MailContent(
        subject=_subject(story, words),
        text=clean(text.render(about)).strip() + "\n",
        html=clean(html.render(about)).lstrip(),
    )


def to_mail(
    content: MailContent,
    escalation_id: EscalationId,
    ticket_number: str,
    *,
    sender: str,
    to: str,
    urgent: bool = False,
    answers: AnswerAddress | None = None,
) -> Mail:
    """The mail of an escalation; its Message-ID is the same on every retry.

    What answers it proves so by the address it goes to, by what it refers to, or by the text it quotes.
    """
    domain = sender.rstrip("> ").rpartition("@")[2] or "frontdesk.example"
    headers = {
        "References": f"<ticket.{_token(ticket_number)}@{domain}>",
        "Auto-Submitted": "auto-generated",
        # An out-of-office answer to this mail must never reach the customer.
        "X-Auto-Response-Suppress": "All",
        "X-Frontdesk-Ticket": ticket_number,
        LOOP_HEADER: "escalation",
    }
    if urgent:
        headers |= {"X-Priority": "1", "Importance": "high"}
    text = content.text
    if answers is not None:
        headers["Reply-To"] = answers.of_escalation(escalation_id)
        token = answers.token(escalation_id)
        headers["References"] += f" <{token}@{domain}>"
        text = f"{text.rstrip()}\n[{token}]\n"
    message_id = f"<{mail_stem(escalation_id)}@{domain}>"
    return Mail(message_id, sender, to, content.subject, text, content.html, headers)


def reason_text(reason: EscalationReason, language: str) -> str:
    """Why the ticket was escalated, as a short phrase for staff."""
    return _labels()["reason"][reason.value][supported_language(language)]


@dataclass(frozen=True, slots=True)
class Words:
    """The mail's labels in one language, and how it writes times, amounts and sizes."""

    language: str
    zone: ZoneInfo
    currency: str = "USD"
    """Of customers' lifetime values."""

    def __call__(self, key: str, **values: object) -> str:
        """The label of `title`, or of a value such as `channel.sms`; an unknown value is shown as it is."""
        group, _, name = key.partition(".")
        label = _labels()[group].get(name) if name else _labels()["label"][group]
        return label[self.language].format(**values) if label else name.replace("_", " ")

    def time(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        return f"{self._day(local.date())}, {local:%H:%M}"

    def number(self, value: float) -> str:
        return self._written(f"{value:,.0f}")

    def lifetime_value(self, value: float) -> str:
        return f"{self.number(value)} {self.currency}"

    def reasoning(self, attempt: AiAttempt) -> str:
        """Why the AI did what it did; a model's own words where it gave no codes."""
        coded = (self(f"why.{why.code}", **why.values) for why in attempt.rationale)
        return " ".join(coded) or attempt.reasoning

    def source(self, source: Source) -> str:
        """An article with its heading, or an order with its status."""
        if source.doc_id.startswith("order:"):
            order = self("order", number=source.title)
            return f"{order}, {self(f'order_status.{source.heading}')}" if source.heading else order
        return f"{source.title} — {source.heading}" if source.heading else source.title

    def percent(self, value: float) -> str:
        return f"{value:.0%}".replace("%", "%" if self.language == "en" else "\N{NO-BREAK SPACE}%")

    def mood(self, score: float) -> str:
        return self._written(f"{score:.2f}")

    def entity(self, entity: Entity) -> str:
        """Its value as it is written in this language."""
        if entity.type is EntityType.DATE:
            with suppress(ValueError):
                return self._day(date.fromisoformat(entity.value))
        if entity.type is EntityType.AMOUNT:
            with suppress(ValueError, ArithmeticError):
                return f"{self._sum(Decimal(entity.value))} {entity.currency or ''}".rstrip()
        return entity.value

    def _day(self, day: date) -> str:
        return day.strftime("%d %b %Y" if self.language == "en" else "%d.%m.%Y")

    def _sum(self, value: Decimal) -> str:
        if abs(value.adjusted()) > 15:
            raise ValueError("more digits than any amount of money has")
        return self._written(f"{value:,f}")

    def _written(self, number: str) -> str:
        """Change a number's English separators to this language's."""
        if self.language == "en":
            return number
        return number.translate({ord(","): "\N{NO-BREAK SPACE}", ord("."): ","})

    def size(self, count: int) -> str:
        unit, value = ("mb", count / 1e6) if count >= 1e6 else ("kb", max(1.0, count / 1e3))
        written = self._written(f"{value:,.{1 if unit == 'mb' else 0}f}")
        return f"{written}\N{NO-BREAK SPACE}{self(unit)}"

    def sender(self, message: StoryMessage) -> str:
        name = message.name if message.sender is not SenderType.AI else None
        return f"{self(f'sender.{message.sender}')}{f' · {name}' if name else ''}"


def _subject(story: Story, words: Words) -> str:
    """`[T-000123] URGENT: asks for a person · Name · what it is about`."""
    reason = words(f"reason.{story.reason}") if story.reason else words("resolved_subject")
    urgent = f"{words('urgent_prefix')}: " if story.priority is Priority.URGENT and story.reason else ""
    parts = [part for part in (reason, story.person.name, story.subject) if part]
    return clip(f"[{story.ticket_number}] {urgent}{' · '.join(parts)}", _SUBJECT)


def mail_stem(escalation_id: str) -> str:
    """What the Message-ID of an escalation's e-mail begins with, and so the name of its file."""
    return f"escalation.{_token(escalation_id)}"


def _token(text: str) -> str:
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in text)[:80] or "-"


def _breaks(text: str) -> Markup:
    """Line ends as `<br>`: some mail programs ignore `white-space`."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _web(url: str | None) -> str:
    """The URL if it is http or https, else empty: a `javascript:` URL gets no link."""
    return url if url and url.startswith(("https://", "http://")) else ""


def _indented(text: str, by: str) -> str:
    return "\n".join(f"{by}{line}".rstrip() for line in text.split("\n"))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("frontdesk.escalation", "templates"),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"breaks": _breaks, "web": _web, "indented": _indented, "clip": clip}
    return environment


def _template(name: str) -> Any:
    return _environment().get_template(name)


@cache
def _labels() -> Mapping[str, dict[str, dict[str, str]]]:
    text = files("frontdesk.escalation").joinpath("templates/labels.json").read_text(encoding="utf-8")
    return cast(Mapping[str, dict[str, dict[str, str]]], json.loads(text))
