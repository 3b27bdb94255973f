"""What is said as the Cloud API takes it: marks, buttons, lists, files and templates. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from frontdesk.channels.choosing import CHOOSE
from frontdesk.channels.inbound import Upload
from frontdesk.channels.markup import WHATSAPP, render
from frontdesk.channels.outbound import Button, OutboundMessage
from frontdesk.channels.split import split_text, utf16_units
from frontdesk.channels.whatsapp.sender import GROUP, is_phone

TEXT_UNITS = 4096
PART_UNITS = 3800
"""Of Markdown: marks may be longer on the wire."""
BUTTON_TEXT_UNITS = 900
CAPTION_UNITS = 900
REPLY_BUTTONS = 3
LIST_ROWS = 10
BUTTON_LABEL = 20
BUTTON_PAYLOAD = 200
_CAPTIONED = ("image", "video", "document")


def split(message: OutboundMessage) -> list[OutboundMessage]:
    """Texts first, then each file; one file carries a short text with it. Buttons stand under the last text."""
    if message.template is not None:
        return [replace(message, uploads=(), buttons=(), part=0)]
    texts = _texts(message)
    bare = replace(message, uploads=(), buttons=())
    if _captioned(message, texts):
        first, *files = message.uploads
        whole = [replace(bare, content=texts[0], uploads=(first,))]
    else:
        files = list(message.uploads)
        whole = [replace(bare, content=content) for content in texts if content.strip() or not files]
        if whole and message.buttons:
            whole[-1] = replace(whole[-1], buttons=message.buttons)
    whole += [replace(bare, content="", uploads=(file,)) for file in files]
    return [replace(part, part=number) for number, part in enumerate(whole)]


def body(message: OutboundMessage, media_id: str | None = None) -> dict[str, Any]:
    """The JSON of one part; `media_id` is the uploaded file's."""
    return {
        "messaging_product": "whatsapp",
        **_recipient(message),
        **_content(message, media_id),
        # Comes back with every status: it settles a send whose answer nobody saw.
        "biz_opaque_callback_data": message.message_id,
    }


def media_kind(upload: Upload) -> str:
    """How the customer gets the file: shown, played, or to be opened."""
    kind = upload.content_type.partition("/")[0]
    if upload.content_type == "image/webp":
        return "sticker"
    return kind if kind in ("image", "video", "audio") else "document"


def _texts(message: OutboundMessage) -> list[str]:
    texts = split_text(message.content, PART_UNITS, utf16_units)
    if message.buttons:
        texts[-1:] = split_text(texts[-1], BUTTON_TEXT_UNITS, utf16_units)
    return texts


def _captioned(message: OutboundMessage, texts: Sequence[str]) -> bool:
    return (
        bool(message.uploads)
        and not message.buttons
        and len(texts) == 1
        and bool(texts[0].strip())
        and utf16_units(texts[0]) <= CAPTION_UNITS
        and media_kind(message.uploads[0]) in _CAPTIONED
    )


def _recipient(message: OutboundMessage) -> dict[str, Any]:
    if message.thread == GROUP:
        quoted = {"context": {"message_id": message.reply_to}} if message.reply_to else {}
        return {"recipient_type": "group", "to": message.address, **quoted}
    by = "to" if is_phone(message.address) else "recipient"
    return {"recipient_type": "individual", by: message.address}


def _content(message: OutboundMessage, media_id: str | None) -> dict[str, Any]:
    if message.template is not None:
        return {"type": "template", "template": _template(message)}
    words = _words(message.content)
    if message.uploads:
        kind = media_kind(message.uploads[0])
        file = {"id": media_id, **({"caption": words} if words and kind in _CAPTIONED else {})}
        if kind == "document":
            file["filename"] = message.uploads[0].filename
        return {"type": kind, kind: file}
    if message.buttons:
        return {"type": "interactive", "interactive": _interactive(message, words)}
    return {"type": "text", "text": {"body": words, "preview_url": False}}


def _words(markdown: str) -> str:
    rendered = render(markdown, WHATSAPP)
    return rendered if utf16_units(rendered) <= TEXT_UNITS else markdown


def _interactive(message: OutboundMessage, words: str) -> dict[str, Any]:
    if len(message.buttons) <= REPLY_BUTTONS:
        replies = [{"type": "reply", "reply": _named(button)} for button in message.buttons]
        return {"type": "button", "body": {"text": words}, "action": {"buttons": replies}}
    choose = CHOOSE.get(message.language.partition("-")[0], CHOOSE["en"])
    rows = [_named(button) for button in message.buttons]
    return {
        "type": "list",
        "body": {"text": words},
        "action": {"button": choose, "sections": [{"title": choose, "rows": rows}]},
    }


def _named(button: Button) -> dict[str, str]:
    return {"id": button.payload, "title": button.label}


def _template(message: OutboundMessage) -> dict[str, Any]:
    template = message.template
    if template is None:
        raise AssertionError("there is no template")
    parameters = [{"type": "text", "text": value} for value in template.parameters]
    components = [{"type": "body", "parameters": parameters}] if parameters else []
    return {
        "name": template.name,
        "language": {"code": template.language},
        **({"components": components} if components else {}),
    }
