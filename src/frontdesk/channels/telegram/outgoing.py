"""What is said as the Bot API takes it: HTML, buttons and files. Pure."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from frontdesk.channels.inbound import Upload
from frontdesk.channels.markup import Marks, render
from frontdesk.channels.outbound import Button, OutboundMessage
from frontdesk.channels.split import split_text, utf16_units

TEXT_UNITS = 4096
PART_UNITS = 3800
"""Of Markdown: lists and tables may be longer on the wire."""
CAPTION_UNITS = 950
"""Of the 1024 that Telegram takes."""
MEGABYTE = 1024 * 1024
PICTURE_BYTES = 10 * MEGABYTE
FILE_BYTES = 50 * MEGABYTE
BUTTONS, BUTTON_LABEL, BUTTON_PAYLOAD = 8, 64, 64
_SHORT_LABEL = 18
"""Two of them stand side by side on a phone."""
_SCHEMES = ("http://", "https://", "tg://")
_METHODS = {
    "image/jpeg": ("sendPhoto", "photo"),
    "image/png": ("sendPhoto", "photo"),
    "image/gif": ("sendAnimation", "animation"),
    "video/mp4": ("sendVideo", "video"),
    "audio/mpeg": ("sendAudio", "audio"),
    "audio/mp4": ("sendAudio", "audio"),
    "audio/ogg": ("sendVoice", "voice"),
}
_DOCUMENT = ("sendDocument", "document")


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _link(words: str, address: str) -> str:
    shown = _escape(address)
    if words == shown:
        return words
    if not address.startswith(_SCHEMES):
        return f"{words} ({shown.removeprefix('mailto:').removeprefix('tel:')})"
    return f'<a href="{html.escape(address)}">{words or shown}</a>'


HTML = Marks(
    {
        "strong": ("<b>", "</b>"),
        "em": ("<i>", "</i>"),
        "s": ("<s>", "</s>"),
        "code": ("<code>", "</code>"),
        "fence": ("<pre>", "</pre>"),
        "heading": ("<b>", "</b>"),
        "quote": ("&gt; ", ""),
    },
    _escape,
    _link,
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call that says one part; `file_field` is where a file goes."""

    method: str
    fields: dict[str, Any]
    file_field: str = ""


def split(message: OutboundMessage) -> list[OutboundMessage]:
    """Texts first, then each file; one file carries a short text with it. Buttons stand under the last text."""
    bare = replace(message, uploads=(), buttons=())
    if _captioned(message):
        first, *files = message.uploads
        parts = [replace(bare, uploads=(first,), buttons=message.buttons)]
    else:
        files = list(message.uploads)
        texts = split_text(message.content, PART_UNITS, utf16_units)
        parts = [replace(bare, content=content) for content in texts if content.strip() or not files]
        if parts and message.buttons:
            parts[-1] = replace(parts[-1], buttons=message.buttons)
    parts += [replace(bare, content="", uploads=(file,)) for file in files]
    return [replace(part, part=number) for number, part in enumerate(parts)]


def call(message: OutboundMessage, *, plain: bool = False, as_document: bool = False) -> Call:
    """`plain`: without marks, as the model wrote it; `as_document`: a picture that is not shown as one."""
    markup = {"reply_markup": {"inline_keyboard": _rows(message.buttons)}} if message.buttons else {}
    fields: dict[str, Any] = {"chat_id": message.address, **markup}
    if message.uploads:
        method, field = _DOCUMENT if as_document else method_of(message.uploads[0])
        return Call(method, fields | _words("caption", message.content, plain), field)
    no_preview = {"link_preview_options": {"is_disabled": True}}
    return Call("sendMessage", fields | _words("text", message.content, plain) | no_preview)


def method_of(upload: Upload) -> tuple[str, str]:
    """How the customer gets the file: shown, played, or to be opened."""
    method = _METHODS.get(upload.content_type, _DOCUMENT)
    return _DOCUMENT if method[0] == "sendPhoto" and upload.size > PICTURE_BYTES else method


def _words(field: str, markdown: str, plain: bool) -> dict[str, Any]:
    if not markdown.strip() and field == "caption":
        return {}
    rendered = "" if plain else render(markdown, HTML)
    if not rendered.strip() or utf16_units(rendered) > 4 * TEXT_UNITS:
        return {field: markdown[:TEXT_UNITS]}
    return {field: rendered, "parse_mode": "HTML"}


def _captioned(message: OutboundMessage) -> bool:
    return (
        bool(message.uploads)
        and bool(message.content.strip())
        and utf16_units(message.content) <= CAPTION_UNITS
    )


def _rows(buttons: Sequence[Button]) -> list[list[dict[str, str]]]:
    """Short ones side by side, others below each other."""
    side_by_side = 2 if all(len(button.label) <= _SHORT_LABEL for button in buttons) else 1
    named = [{"text": button.label, "callback_data": button.payload} for button in buttons]
    return [named[at : at + side_by_side] for at in range(0, len(named), side_by_side)]
