"""The form of a local reply: within the channel's limits, whole sentences only, streamed in small pieces."""

import re
from collections.abc import Iterator

from frontdesk.answering.checks.guard import LIMITS, Limits
from frontdesk.kit.words import sentences
from frontdesk.phrases import say
from frontdesk.terms import ChannelName
from frontdesk.tickets.case import Case

_LETTERS = frozenset({ChannelName.EMAIL, ChannelName.WEB_FORM})
_NAME = re.compile(r"[^\W\d_][\w'’-]{1,24}")
_CHUNK = re.compile(r"(?:\S+\s*){1,4}")


def shape(paragraphs: list[str], case: Case, language: str, desk_name: str) -> str | None:
    """The reply out of paragraphs in order of weight: what comes later gives way to the limit first.

    None where not even the first sentence fits.
    """
    limits = LIMITS[case.channel]
    kept = [part for part in paragraphs if part]
    while kept:
        text = _dressed("\n\n".join(kept), case, language, desk_name)
        if limits.allow(text):
            return text
        kept = _shorter(kept)
    return None


def room_for(case: Case, language: str, desk_name: str, opening: str = "") -> Limits:
    """What greeting, opening and signature leave of the channel's limits."""
    limits = LIMITS[case.channel]
    used = len(_dressed(opening, case, language, desk_name).split())
    return Limits(limits.max_words - used if limits.max_words else None, limits.max_characters, limits.tone)


def _shorter(paragraphs: list[str]) -> list[str]:
    *before, last = paragraphs
    whole = sentences(last)
    if len(whole) < 2:
        return before
    cut = last.rindex(whole[-1])
    # A line that announces a list says nothing without it.
    rest = last[:cut].rstrip()
    return [*before, rest] if not rest.endswith(":") else _shorter([*before, rest])


def _dressed(body: str, case: Case, language: str, desk_name: str) -> str:
    if case.channel not in _LETTERS:
        return body
    name = first_name(case)
    hello = say("hello_name", language, name=name) if name else say("hello", language)
    return f"{hello}\n\n{body}\n\n{say('signature', language, desk=desk_name)}"


def first_name(case: Case) -> str | None:
    """What to call the customer, where the name is a plain one."""
    match = _NAME.match(case.contact.name or "")
    return match.group() if match else None


def chunks(text: str) -> Iterator[str]:
    """The text in pieces of a few words; joined they are the text."""
    at = 0
    for match in _CHUNK.finditer(text):
        yield text[at : match.end()]
        at = match.end()
    if at < len(text):
        yield text[at:]
