"""What is said as Instagram takes it: direct messages, answers to comments, and private answers to them. Pure."""

from dataclasses import dataclass, replace
from typing import Any

from frontdesk.channels.instagram.comments import THREAD
from frontdesk.channels.markup import PLAIN, render
from frontdesk.channels.outbound import OutboundMessage
from frontdesk.channels.split import split_text, utf8_bytes

TEXT_BYTES = 1000
PART_BYTES = 900
"""Of Markdown: a link is a little longer once it is plain."""
COMMENT_CHARACTERS = 2000
SHORT_CHARACTERS = 300
"""An answer that is no longer stands under the comment; a longer one goes to the person."""
PRIVATE = "private:"
_ANSWERED_PRIVATELY = {
    "ru": "Ответили вам в личные сообщения.",
    "kk": "Жеке хабарламаңызға жауап жаздық.",
    "en": "We have answered you in a direct message.",
}


@dataclass(frozen=True, slots=True)
class Call:
    path: str
    body: dict[str, Any]


def split(message: OutboundMessage) -> list[OutboundMessage]:
    """A long answer to a comment goes to the person, with a word under the comment; only one may go there."""
    if not message.thread.startswith(THREAD):
        return _numbered(message, split_text(message.content, PART_BYTES, utf8_bytes))
    if len(message.content) > SHORT_CHARACTERS and utf8_bytes(message.content) <= PART_BYTES:
        private = PRIVATE + (message.reply_to or message.thread.removeprefix(THREAD))
        note = _ANSWERED_PRIVATELY.get(message.language.partition("-")[0], _ANSWERED_PRIVATELY["en"])
        return [
            replace(message, thread=private, buttons=(), part=0),
            replace(message, content=note, buttons=(), part=1),
        ]
    return _numbered(message, split_text(message.content, COMMENT_CHARACTERS))


def call(message: OutboundMessage, account_id: str, as_person: bool) -> Call:
    """`as_person`: under the tag that lets people, and only people, write for seven days."""
    words = _words(message)
    if message.thread.startswith(THREAD):
        return Call(f"/{message.thread.removeprefix(THREAD)}/replies", {"message": words})
    if message.thread.startswith(PRIVATE):
        recipient = {"comment_id": message.thread.removeprefix(PRIVATE)}
    else:
        recipient = {"id": message.address}
    body: dict[str, Any] = {"text": words}
    if message.buttons:
        body["quick_replies"] = [
            {"content_type": "text", "title": button.label, "payload": button.payload}
            for button in message.buttons
        ]
    tag = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"} if as_person else {}
    return Call(f"/{account_id}/messages", {"recipient": recipient, "message": body, **tag})


def _numbered(message: OutboundMessage, texts: list[str]) -> list[OutboundMessage]:
    parts = [replace(message, content=content, buttons=(), part=n) for n, content in enumerate(texts)]
    parts[-1] = replace(parts[-1], buttons=message.buttons)
    return parts


def _words(message: OutboundMessage) -> str:
    rendered = render(message.content, PLAIN)
    return rendered if utf8_bytes(rendered) <= TEXT_BYTES or message.thread else message.content
