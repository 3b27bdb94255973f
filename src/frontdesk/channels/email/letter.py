"""A reply as an e-mail: in its thread, as text and as HTML, with what it answers below it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from html import escape

from markdown_it import MarkdownIt

from frontdesk.channels.markup import PLAIN, render
from frontdesk.channels.outbound import Asked, OutboundMessage
from frontdesk.engine.mailer import Mail, MailFile
from frontdesk.kit.reply_tokens import Answers, ReplyTokens
from frontdesk.terms import SenderType

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["strikethrough", "table"])
_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,300}@[\x21-\x3b\x3d\x3f-\x7e]{1,300}>")
_PREFIX = re.compile(r"^\s*(?:(?:re|fwd?|отв|ответ|на|жауап)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
LOOP_HEADER = "X-Frontdesk-Loop"
"""What programs copy into what they send back; a person's letter has none, for a desk may be its customer."""
_MOST_REFERENCES = 20
_MOST_QUOTED = 5_000
"""Characters of the customer's message."""
_WROTE = {"ru": "{at}, {by} пишет:", "kk": "{at}, {by} жазды:", "en": "On {at}, {by} wrote:"}
_YOU = {"ru": "вы", "kk": "сіз", "en": "you"}
_QUOTE = "margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose letters these are."""

    address: str
    name: str
    signature: str = ""
    plus_addresses: bool = True
    is_read: bool = False
    """Whether what comes back to the address is read here."""

    @property
    def sender(self) -> str:
        name = re.sub(r"[\"\\\x00-\x1f]", "", self.name).strip()
        return f'"{name}" <{self.address}>' if name else self.address

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def letter(
    message: OutboundMessage,
    to: str,
    head: Letterhead,
    tokens: ReplyTokens,
    files: Sequence[MailFile] = (),
) -> Mail:
    """The same Message-ID in every attempt; it proves which conversation an answer belongs to."""
    token = tokens.token(Answers.CONVERSATION, message.conversation) if message.conversation else ""
    reply_to = tokens.plus_address(head.address, token) if token and head.plus_addresses else None
    # Where an answer's address cannot prove it, its text can, whatever a mail program does with the ids.
    mark = f"[{token}]" if token and reply_to is None and head.is_read else ""
    asked = message.asked if message.part == 0 else None
    return Mail(
        message_id=_message_id(message, token, head.domain),
        sender=head.sender,
        to=to,
        subject=subject(message.subject),
        text=_text(message, head.signature, mark, asked),
        html=_html(message, head.signature, mark, asked),
        headers=_headers(message, reply_to if head.is_read else None),
        attachments=tuple(files),
    )


def subject(given: str) -> str:
    """With one `Re:`, however many languages and mail programs added one."""
    return f"Re: {_PREFIX.sub('', given).strip()}"


def _message_id(message: OutboundMessage, token: str, domain: str) -> str:
    name = re.sub(r"[^A-Za-z0-9-]", "-", message.message_id)
    parts = [token, name, str(message.part) if message.part else ""]
    return f"<{'.'.join(filter(None, parts))}@{domain}>"


def _headers(message: OutboundMessage, reply_to: str | None) -> dict[str, str]:
    quoted = dict(message.quoted)
    parent = _ID.findall(quoted.get("Message-ID", ""))[:1]
    before = [known for known in _ID.findall(quoted.get("References", "")) if known not in parent]
    references = [*before[:1], *before[1:][-_MOST_REFERENCES:], *parent]
    headers = {"In-Reply-To": parent[0]} if parent else {}
    if references:
        headers["References"] = " ".join(references)
    if reply_to:
        headers["Reply-To"] = reply_to
    if message.sender_type is not SenderType.MANAGER:
        headers |= {"Auto-Submitted": "auto-replied", LOOP_HEADER: "letter"}
    # Nobody wants an answer by a machine, whoever wrote.
    return headers | {"X-Auto-Response-Suppress": "OOF, AutoReply"}


def _text(message: OutboundMessage, signature: str, mark: str, asked: Asked | None) -> str:
    blocks = [render(message.content, PLAIN)]
    if signature:
        blocks.append(f"-- \n{signature}")
    if mark:
        blocks.append(mark)
    if asked is not None:
        lines = asked.content[:_MOST_QUOTED].splitlines()
        blocks.append("\n".join([_wrote(message, asked), *(f"> {line}".rstrip() for line in lines)]))
    return "\n\n".join(blocks) + "\n"


def _html(message: OutboundMessage, signature: str, mark: str, asked: Asked | None) -> str:
    blocks = [f'<div dir="auto">{_MARKDOWN.render(message.content)}</div>']
    if signature:
        blocks.append(f"<div>-- <br>{_lines(signature)}</div>")
    if mark:
        blocks.append(f'<div style="color:#999;font-size:11px">{escape(mark)}</div>')
    if asked is not None:
        quote = f'<blockquote class="gmail_quote" style="{_QUOTE}">{_lines(asked.content[:_MOST_QUOTED])}</blockquote>'
        blocks.append(f'<div class="gmail_quote"><div>{escape(_wrote(message, asked))}</div>{quote}</div>')
    body = "\n".join(blocks)
    return (
        f'<!doctype html><html lang="{escape(message.language)}"><head><meta charset="utf-8"></head>'
        f"<body>{body}</body></html>"
    )


def _wrote(message: OutboundMessage, asked: Asked) -> str:
    language = message.language.partition("-")[0]
    words, you = _WROTE.get(language, _WROTE["en"]), _YOU.get(language, _YOU["en"])
    by = " ".join(asked.by.split())[:100] or you
    return words.format(at=f"{asked.at.astimezone(UTC):%d.%m.%Y %H:%M} UTC", by=by)


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.splitlines())


def address_of(sender: str) -> str:
    """`a@b` of `Name <a@b>`."""
    return sender.rpartition("<")[2].rstrip("> ").strip().lower()
