"""Names for files that come without one."""

_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/aac": ".aac",
    "audio/amr": ".amr",
    "video/mp4": ".mp4",
    "video/3gpp": ".3gp",
    "application/pdf": ".pdf",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
    "text/plain": ".txt",
}
UNKNOWN = "application/octet-stream"


def media_type(header: str) -> str:
    """Without its parameters, in lower case; `application/octet-stream` where there is none."""
    return header.partition(";")[0].strip().lower() or UNKNOWN


def filename(stem: str, content_type: str) -> str:
    return stem + _ENDINGS.get(content_type, "")
