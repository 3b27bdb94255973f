"""What was said in a Telegram message of any kind, as words and files."""

from collections.abc import Callable
from dataclasses import dataclass

from frontdesk.channels.body import Json, items, part, text
from frontdesk.channels.filenames import filename, media_type
from frontdesk.channels.inbound import RemoteMedia

_TYPES = {
    "photo": "image/jpeg",
    "sticker": "image/webp",
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "animation": "video/mp4",
    "document": "",
}
"""Kinds of files in the order in which they are looked for: an animation comes as a document too."""
_ORDER = ("animation", "sticker", "voice", "audio", "video_note", "video", "photo", "document")
_SHOWN = ("story", "paid_media", "live_photo", "checklist", "invoice", "game", "giveaway", "rich_message")
"""What cannot be passed on, but a person should know that it came."""


@dataclass(frozen=True, slots=True)
class Content:
    words: str
    media: tuple[RemoteMedia, ...] = ()


def read(message: Json) -> Content | None:
    """None for what nobody said, such as a pinned message, and for kinds that the desk does not know."""
    if isinstance(message.get("text"), str):
        return Content(_with_links(text(message, "text"), items(message, "entities")))
    for kind in _ORDER:
        if kind in message and (file := _file(kind, message)):
            return Content(_caption(message) or text(part(message, "sticker"), "emoji"), (file,))
    for kind, reader in _READERS.items():
        if kind in message and (words := reader(part(message, kind))):
            return Content(words)
    shown = next((kind for kind in _SHOWN if kind in message), None)
    return Content(_caption(message) or f"[{shown}]") if shown else None


def phone_of_sender(message: Json) -> str:
    """The number in a contact that is the sender's own, as Telegram says; else empty."""
    contact = part(message, "contact")
    is_own = text(contact, "user_id") and text(contact, "user_id") == text(part(message, "from"), "id")
    return text(contact, "phone_number") if is_own else ""


def _caption(message: Json) -> str:
    return _with_links(text(message, "caption"), items(message, "caption_entities"))


def _with_links(words: str, entities: list[Json]) -> str:
    """Addresses that lie behind words are shown behind them; places are counted in UTF-16."""
    links = [
        (start + length, text(entity, "url"))
        for entity in entities
        if text(entity, "type") == "text_link"
        and isinstance(start := entity.get("offset"), int)
        and isinstance(length := entity.get("length"), int)
        and start >= 0
        and length > 0
    ]
    units = words.encode("utf-16-le", "surrogatepass")
    for end, url in sorted(links, reverse=True):
        if url and 2 * end <= len(units):
            units = units[: 2 * end] + f" ({url})".encode("utf-16-le", "surrogatepass") + units[2 * end :]
    return units.decode("utf-16-le", "surrogatepass") if links else words


def _file(kind: str, message: Json) -> RemoteMedia | None:
    file = _largest(items(message, kind)) if kind == "photo" else part(message, kind)
    reference = text(file, "file_id")
    if not reference:
        return None
    content_type = media_type(text(file, "mime_type") or _content_type(kind, file))
    size = file.get("file_size")
    return RemoteMedia(
        reference,
        content_type,
        text(file, "file_name") or filename(kind, content_type),
        size if isinstance(size, int) and not isinstance(size, bool) and 0 < size < 2**50 else None,
    )


def _content_type(kind: str, file: Json) -> str:
    if kind == "sticker" and file.get("is_animated"):
        return "application/x-tgsticker"
    return "video/webm" if kind == "sticker" and file.get("is_video") else _TYPES[kind]


def _largest(sizes: list[Json]) -> Json:
    """Of one picture in several sizes."""

    def pixels(size: Json) -> int:
        width, height = size.get("width"), size.get("height")
        return width * height if isinstance(width, int) and isinstance(height, int) else 0

    return max(sizes, key=pixels, default={})


def _contact(contact: Json) -> str:
    name = " ".join(filter(None, (text(contact, "first_name"), text(contact, "last_name"))))
    number = text(contact, "phone_number")
    shown = f"+{number}" if number.isdigit() else number
    return "👤 " + ", ".join(filter(None, (name, shown)))


def _location(location: Json) -> str:
    latitude, longitude = location.get("latitude"), location.get("longitude")
    known = isinstance(latitude, int | float) and isinstance(longitude, int | float)
    return f"📍 {latitude}, {longitude}" if known else ""


def _venue(venue: Json) -> str:
    place = _location(part(venue, "location")).removeprefix("📍 ")
    return "📍 " + "\n".join(filter(None, (text(venue, "title"), text(venue, "address"), place)))


def _poll(poll: Json) -> str:
    options = [f"- {text(option, 'text')}" for option in items(poll, "options")]
    return "📊 " + "\n".join([text(poll, "question"), *options])


def _dice(dice: Json) -> str:
    return f"{text(dice, 'emoji')} {text(dice, 'value')}".strip()


_READERS: dict[str, Callable[[Json], str]] = {
    "contact": _contact,
    "venue": _venue,
    "location": _location,
    "poll": _poll,
    "dice": _dice,
}
"""A venue comes as a location too, so it is looked for first."""
