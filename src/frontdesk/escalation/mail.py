"""The manager's e-mail: subject, plain text and HTML out of a story, in the desk's language."""

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

from frontdesk.engine.mailer import Mail
from frontdesk.escalation.story import Story, StoryMessage
from frontdesk.kit.text import clean, clip
from frontdesk.phrases import spoken
from frontdesk.terms import EntityType, EscalationId, EscalationReason, Priority, SenderType, Sentiment
from frontdesk.tickets.reading import Entity

_SUBJECT = 140
_BARS = 12
"""The latest moods that the trend shows."""
_STEADY = 0.1


@dataclass(frozen=True, slots=True)
class Letter:
    """What is kept with the escalation, and sent."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The customer's mood over the conversation."""

    scores: tuple[float, ...]
    way: Literal["falling", "rising", "steady", "single"]

    @property
    def bars(self) -> list[tuple[float, int, str]]:
        """For each of the latest scores: the score, its height in pixels, its sentiment."""
        return [(score, 4 + round(score * 36), Sentiment.of(score).value) for score in self.scores[-_BARS:]]


def trend_of(scores: tuple[float, ...]) -> Trend | None:
    """None where nothing was measured."""
    if len(scores) < 2:
        return Trend(scores, "single") if scores else None
    moved = scores[-1] - sum(scores[:-1]) / (len(scores) - 1)
    if abs(moved) < _STEADY:
        return Trend(scores, "steady")
    return Trend(scores, "falling" if moved < 0 else "rising")


def compose(story: Story, language: str, zone: ZoneInfo, desk: str = "Frontdesk") -> Letter:
    """The letter in `language` (ru, kk, en; else ru); times are told in `zone`."""
    words = Words(spoken(language), zone)
    about: dict[str, Any] = {"story": story, "words": words, "desk": desk, "trend": trend_of(story.moods)}
    text, html = _template("escalation.txt"), _template("escalation.html")
    return Letter(
        subject=_subject(story, words),
        text=clean(text.render(about)).strip() + "\n",
        html=clean(html.render(about)).lstrip(),
    )


def to_mail(
    letter: Letter,
    escalation_id: EscalationId,
    story_of: str,
    *,
    sender: str,
    to: str,
    urgent: bool = False,
    reply_to: str | None = None,
) -> Mail:
    """The mail of an escalation of ticket `story_of`: the same Message-ID however often it is made."""
    domain = sender.rstrip("> ").rpartition("@")[2] or "frontdesk.example"
    headers = {
        "References": f"<ticket.{_token(story_of)}@{domain}>",
        "Auto-Submitted": "auto-generated",
        # An out-of-office answer to this mail must never reach the customer.
        "X-Auto-Response-Suppress": "All",
        "X-Frontdesk-Ticket": story_of,
    }
    if urgent:
        headers |= {"X-Priority": "1", "Importance": "high"}
    if reply_to:
        headers["Reply-To"] = reply_to
    message_id = f"<escalation.{_token(escalation_id)}@{domain}>"
    return Mail(message_id, sender, to, letter.subject, letter.text, letter.html, headers)


def reason_in_words(reason: EscalationReason, language: str) -> str:
    """Why a person was called, as a short phrase for staff."""
    return _labels()["reason"][reason.value][spoken(language)]


@dataclass(frozen=True, slots=True)
class Words:
    """The mail's own vocabulary in one language, and its way to write times, sums and sizes."""

    language: str
    zone: ZoneInfo

    def __call__(self, key: str, **values: object) -> str:
        """A label, or for `channel.sms` the name of a value; a value without a name stands for itself."""
        group, _, name = key.partition(".")
        found = _labels()[group].get(name) if name else _labels()["label"][group]
        return found[self.language].format(**values) if found else name.replace("_", " ")

    def time(self, at: datetime) -> str:
        local = at.astimezone(self.zone)
        return f"{self._day(local.date())}, {local:%H:%M}"

    def number(self, value: float) -> str:
        return self._written(f"{value:,.0f}")

    def percent(self, value: float) -> str:
        return f"{value:.0%}".replace("%", "%" if self.language == "en" else "\N{NO-BREAK SPACE}%")

    def mood(self, score: float) -> str:
        return self._written(f"{score:.2f}")

    def entity(self, entity: Entity) -> str:
        """Its value as people of the language write it."""
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
            raise ValueError("no sum that anybody pays, but a page of digits")
        return self._written(f"{value:,f}")

    def _written(self, number: str) -> str:
        """A number in English writing as this language writes it."""
        if self.language == "en":
            return number
        return number.translate({ord(","): "\N{NO-BREAK SPACE}", ord("."): ","})

    def size(self, count: int) -> str:
        unit, value = ("mb", count / 1e6) if count >= 1e6 else ("kb", max(1.0, count / 1e3))
        written = self._written(f"{value:,.{1 if unit == 'mb' else 0}f}")
        return f"{written}\N{NO-BREAK SPACE}{self(unit)}"

    def who(self, said: StoryMessage) -> str:
        named = said.name if said.sender is not SenderType.AI else None
        return f"{self(f'sender.{said.sender}')}{f' · {named}' if named else ''}"


def _subject(story: Story, words: Words) -> str:
    """`[T-000123] URGENT: asks for a person · Name · what it is about`."""
    kind = words(f"reason.{story.reason}") if story.reason else words("resolved_subject")
    loud = f"{words('urgent_prefix')}: " if story.priority is Priority.URGENT and story.reason else ""
    parts = [part for part in (kind, story.person.name, story.subject) if part]
    return clip(f"[{story.ticket_number}] {loud}{' · '.join(parts)}", _SUBJECT)


def _token(text: str) -> str:
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in text)[:80] or "-"


def _breaks(text: str) -> Markup:
    """Line ends as `<br>`: not every mail program obeys `white-space`."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _web(url: str | None) -> str:
    """The address where it leads into the web, else nothing: no `javascript:` gets a link."""
    return url if url and url.startswith(("https://", "http://")) else ""


def _indented(text: str, by: str) -> str:
    return "\n".join(f"{by}{line}".rstrip() for line in text.split("\n"))


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("frontdesk.escalation", "templates"),
        autoescape=lambda name: bool(name and name.endswith(".html")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"breaks": _breaks, "web": _web, "indented": _indented, "clip": clip}
    return made


def _template(name: str) -> Any:
    return _environment().get_template(name)


@cache
def _labels() -> Mapping[str, dict[str, dict[str, str]]]:
    text = files("frontdesk.escalation").joinpath("templates/labels.json").read_text(encoding="utf-8")
    return cast(Mapping[str, dict[str, dict[str, str]]], json.loads(text))
