"""What was said in a WhatsApp message of any kind, as words and files."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from frontdesk.channels.body import Json, items, part, text
from frontdesk.channels.filenames import filename, media_type
from frontdesk.channels.inbound import RemoteMedia

_HIDDEN = "flow_token"
"""In the answers to a form: a secret of the form, not an answer."""


@dataclass(frozen=True, slots=True)
class Said:
    words: str
    media: tuple[RemoteMedia, ...] = ()


def read(message: Json) -> Said | None:
    """None for a kind that the desk does not know."""
    kind = text(message, "type")
    if kind in ("image", "video", "audio", "document", "sticker"):
        return _file(kind, part(message, kind))
    reader = _READERS.get(kind)
    words = reader(message) if reader else None
    return None if words is None else Said(words)


def with_advertisement(words: str, referral: Json) -> str:
    """What the customer says about an advertisement makes sense beside it."""
    named = [text(referral, name) for name in ("headline", "body", "source_url")]
    seen = " · ".join(filter(None, named))
    return "\n\n".join(filter(None, (words, f"↗ {seen}" if seen else "")))


def _file(kind: str, file: Json) -> Said | None:
    reference = text(file, "id")
    if not reference:
        return None
    content_type = media_type(text(file, "mime_type"))
    name = text(file, "filename") or filename(kind, content_type)
    return Said(text(file, "caption"), (RemoteMedia(reference, content_type, name),))


def _text(message: Json) -> str | None:
    body = part(message, "text").get("body")
    return body if isinstance(body, str) else None


def _location(message: Json) -> str | None:
    place = part(message, "location")
    latitude, longitude = place.get("latitude"), place.get("longitude")
    if not (isinstance(latitude, int | float) and isinstance(longitude, int | float)):
        return None
    named = [text(place, "name"), text(place, "address"), f"{latitude}, {longitude}", text(place, "url")]
    return "📍 " + "\n".join(filter(None, named))


def _contacts(message: Json) -> str | None:
    return "\n".join(map(_contact, items(message, "contacts"))) or None


def _contact(contact: Json) -> str:
    name = text(part(contact, "name"), "formatted_name")
    numbers = [text(phone, "phone") or text(phone, "wa_id") for phone in items(contact, "phones")]
    addresses = [text(email, "email") for email in items(contact, "emails")]
    firm = text(part(contact, "org"), "company")
    return "👤 " + ", ".join(filter(None, (name, firm, *numbers, *addresses)))


def _order(message: Json) -> str | None:
    order = part(message, "order")
    lines = [
        f"🛒 {text(item, 'product_retailer_id')} × {text(item, 'quantity')}: "
        f"{item.get('item_price', '')} {text(item, 'currency')}".rstrip()
        for item in items(order, "product_items")
    ]
    return "\n".join(filter(None, (text(order, "text"), *lines))) or None


def _form(message: Json) -> str | None:
    """The answers to a form that was sent to the customer, one a line."""
    answer = part(message, "interactive", "nfm_reply")
    try:
        given = json.loads(text(answer, "response_json"))
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        return text(answer, "body") or None
    lines = [f"{name}: {value}" for name, value in given.items() if name != _HIDDEN]
    return "\n".join(lines) or text(answer, "body") or None


def _unsupported(message: Json) -> str | None:
    """The provider cannot pass it on, but a person should know that something came."""
    return f"[{text(part(message, 'unsupported'), 'type') or 'unsupported'}]"


_READERS: dict[str, Callable[[Json], str | None]] = {
    "text": _text,
    "location": _location,
    "contacts": _contacts,
    "order": _order,
    "interactive": _form,
    "unsupported": _unsupported,
}
