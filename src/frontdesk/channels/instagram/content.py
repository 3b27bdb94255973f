"""What was said in a direct message, as words and files."""

from frontdesk.channels.body import Json, items, part, text
from frontdesk.channels.filenames import UNKNOWN, filename
from frontdesk.channels.inbound import RemoteMedia

_TYPES = {
    "image": "image/jpeg",
    "video": "video/mp4",
    "audio": "audio/mp4",
    "file": UNKNOWN,
    "story_mention": UNKNOWN,
}
"""Instagram names kinds, not content types."""


def read(message: Json) -> tuple[str, tuple[RemoteMedia, ...]]:
    attachments = items(message, "attachments")
    media = [file for attachment in attachments if (file := _file(attachment))]
    story = text(part(message, "reply_to", "story"), "url")
    if story:
        media.append(RemoteMedia(story, UNKNOWN, "story"))
    shared = [line for attachment in attachments if (line := _shared(attachment))]
    advertisement = _advertisement(part(message, "referral"))
    words = "\n\n".join(filter(None, (text(message, "text"), *shared, advertisement)))
    if not words and not media:
        kinds = [text(attachment, "type") for attachment in attachments]
        words = f"[{', '.join(filter(None, kinds)) or 'unsupported'}]"
    return words, tuple(media)


def _file(attachment: Json) -> RemoteMedia | None:
    kind = text(attachment, "type")
    url = text(part(attachment, "payload"), "url")
    if kind not in _TYPES or not url:
        return None
    return RemoteMedia(url, _TYPES[kind], filename(kind, _TYPES[kind]))


def _shared(attachment: Json) -> str:
    """A post or reel that the customer passes on."""
    if text(attachment, "type") in _TYPES:
        return ""
    payload = part(attachment, "payload")
    seen = " · ".join(filter(None, (text(payload, "title"), text(payload, "url"))))
    return f"↗ {seen}" if seen else ""


def _advertisement(referral: Json) -> str:
    seen = text(part(referral, "ads_context_data"), "ad_title") or text(referral, "ref")
    return f"↗ {seen}" if seen else ""
