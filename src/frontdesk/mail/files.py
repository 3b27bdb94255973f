"""The files of a message: attachments, pasted images, invitations, messages within the message."""

import mimetypes
import re
import unicodedata

from frontdesk.mail import headers as header_block
from frontdesk.mail import limits, transfer
from frontdesk.mail.bodies import is_text
from frontdesk.mail.message import MailFile
from frontdesk.mail.parts import Part, Tree

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_CID = re.compile(r"cid:([^\s\"'<>)]{1,300})", re.IGNORECASE)
_DEFAULT = {
    "text/calendar": "invite.ics",
    "application/ms-tnef": "winmail.dat",
    "application/pgp-signature": "signature.asc",
    "application/pkcs7-signature": "smime.p7s",
}
_ENDINGS = {
    "image/jpeg": ".jpg",
    "text/plain": ".txt",
    "text/html": ".html",
    "image/jpg": ".jpg",
    "audio/ogg": ".ogg",
}


def files_of(tree: Tree, shown: set[int], html: str) -> tuple[MailFile, ...]:
    """All leaves that are no text, then what stands uuencoded within texts."""
    used = {cid.lower() for cid in _CID.findall(html)}
    leaves = tree.leaves()
    files = [
        _file(tree, leaf, used)
        for leaf in leaves
        if leaf.index not in shown and not _is_for_programs(tree, leaf)
    ]
    number = len(leaves)
    for leaf in leaves:
        for name, data in _uuencoded(tree, leaf):
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            files.append(MailFile(number, safe_name(name) or "file", kind, len(data), "", inline=False))
            number += 1
    return tuple(files)


def bytes_of(tree: Tree, part: int) -> bytes | None:
    """The bytes of a file by its number; None where there is no such file."""
    leaves = tree.leaves()
    if 0 <= part < len(leaves):
        return leaves[part].body(tree.raw).data
    number = len(leaves)
    for leaf in leaves:
        for _, data in _uuencoded(tree, leaf):
            if number == part:
                return data
            number += 1
    return None


def safe_name(name: str) -> str:
    """A name without folders, control characters and tricks of direction; the ending survives a cut."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    flat = " ".join(_FORBIDDEN.sub(" ", last).split()).strip(". ")
    if len(flat) <= limits.FILENAME:
        return flat
    stem, dot, ending = flat.rpartition(".")
    if not dot or len(ending) > 16:
        return flat[: limits.FILENAME]
    return f"{stem[: limits.FILENAME - len(ending) - 1]}.{ending}"


def _file(tree: Tree, leaf: Part, used: set[str]) -> MailFile:
    content_id = leaf.headers.text("content-id").strip().strip("<>").strip()[:300]
    inline = bool(content_id) and content_id.lower() in used
    size = len(leaf.body(tree.raw).data)
    return MailFile(leaf.index, _name(tree, leaf), leaf.content_type, size, content_id, inline)


def _name(tree: Tree, leaf: Part) -> str:
    disposition = leaf.headers.parameters("content-disposition")
    for name in (disposition.get("filename"), leaf.parameters.get("name")):
        if safe := safe_name(name):
            return safe
    if leaf.content_type == "message/rfc822":
        subject = header_block.read(tree.raw, leaf.start, leaf.end).headers.text("subject")
        return f"{safe_name(subject.replace('/', '-'))[:100] or 'message'}.eml"
    if default := _DEFAULT.get(leaf.content_type):
        return default
    ending = _ENDINGS.get(leaf.content_type) or mimetypes.guess_extension(leaf.content_type) or ".bin"
    return f"{'image' if leaf.content_type.startswith('image/') else 'file'}-{leaf.index + 1}{ending}"


def _is_for_programs(tree: Tree, leaf: Part) -> bool:
    """A part without bytes and without a name is no file."""
    if leaf.headers.parameters("content-disposition").get("filename") or leaf.parameters.get("name"):
        return False
    return not tree.raw[leaf.start : leaf.end].strip()


def _uuencoded(tree: Tree, leaf: Part) -> list[tuple[str, bytes]]:
    if leaf.content_type != "text/plain" or not is_text(leaf, tree.root):
        return []
    data = leaf.body(tree.raw).data[: limits.RAW]
    spans = transfer.uuencoded(data)
    return [
        (name, transfer.uudecoded(data[data.find(b"\n", start) + 1 : end]).data) for name, start, end in spans
    ]
