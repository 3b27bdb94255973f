"""The form of a local reply: within the style's limits, whole sentences only, streamed in small pieces."""

import dataclasses
import re
from collections.abc import Iterator

from frontdesk.channels.style import ReplyStyle
from frontdesk.kit.words import sentences
from frontdesk.phrases import say
from frontdesk.tickets.case import Case

_NAME = re.compile(r"[^\W\d_][\w'’-]{1,24}")
_CHUNK = re.compile(r"(?:\S+\s*){1,4}")


def shape(paragraphs: list[str], case: Case, language: str, desk_name: str, style: ReplyStyle) -> str | None:
    """The reply out of paragraphs in order of weight: what comes later gives way to the limit first.

    None where not even the first sentence fits.
    """
    kept = [part for part in paragraphs if part]
    while kept:
        text = _dressed("\n\n".join(kept), case, language, desk_name, style)
        if style.allow(text):
            return text
        kept = _shorter(kept)
    return None


def room_for(case: Case, language: str, desk_name: str, style: ReplyStyle, opening: str = "") -> ReplyStyle:
    """What greeting, opening and signature leave of the style's limits."""
    used = len(_dressed(opening, case, language, desk_name, style).split())
    return dataclasses.replace(style, max_words=style.max_words - used if style.max_words else None)


def _shorter(paragraphs: list[str]) -> list[str]:
    *before, last = paragraphs
    whole = sentences(last)
    if len(whole) < 2:
        return before
    cut = last.rindex(whole[-1])
    # A line that announces a list says nothing without it.
    rest = last[:cut].rstrip()
    return [*before, rest] if not rest.endswith(":") else _shorter([*before, rest])


def _dressed(body: str, case: Case, language: str, desk_name: str, style: ReplyStyle) -> str:
    if not style.letter:
        return body
    name = first_name(case)
    hello = say("hello_name", language, name=name) if name else say("hello", language)
    return f"{hello}\n\n{body}\n\n{say('signature', language, desk=desk_name)}"


def first_name(case: Case) -> str | None:
    """What to call the customer, where it is proven who writes and the name is a plain one."""
    match = _NAME.match(case.contact.proven_name or "")
    return match.group() if match else None


def chunks(text: str) -> Iterator[str]:
    """The text in pieces of a few words; joined they are the text."""
    at = 0
    for match in _CHUNK.finditer(text):
        yield text[at : match.end()]
        at = match.end()
    if at < len(text):
        yield text[at:]
