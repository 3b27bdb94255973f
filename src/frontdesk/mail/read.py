"""Reads a raw message. Whatever it holds, reading ends soon and gives something."""

from frontdesk.errors import BadRequest, NotFound, PayloadTooLarge
from frontdesk.kit.text import clean
from frontdesk.mail import files, limits, marks, parts, reports
from frontdesk.mail import headers as header_block
from frontdesk.mail.addresses import addresses, normal
from frontdesk.mail.bodies import Body, body_of
from frontdesk.mail.headers import Headers
from frontdesk.mail.message import MailAddress, ReadMail
from frontdesk.mail.parts import Tree
from frontdesk.mail.reply.choose import reply_of, text_of

_DELIVERED = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-forwarded-to")


def read_mail(raw: bytes) -> ReadMail:
    """Time and memory are bounded by the size, whatever the content.

    Raises `BadRequest` for an empty message and `PayloadTooLarge` for one beyond 30 MB; nothing else.
    """
    _check(raw)
    tree = parts.tree(raw)
    headers = tree.root.headers
    body = body_of(tree.raw, tree.root)
    subject = headers.text("subject")
    return ReadMail(
        message_id=next(iter(header_block.ids(headers.text("message-id"))), ""),
        in_reply_to=header_block.ids(headers.text("in-reply-to")),
        references=header_block.ids(headers.text("references")),
        date=header_block.date_of(headers.text("date")),
        sender=_sender(headers),
        reply_to=next(iter(addresses(headers.encoded("reply-to"))), None),
        to=addresses(headers.encoded("to")),
        cc=addresses(headers.encoded("cc")),
        delivered_to=_delivered(headers),
        subject=subject,
        text=marks.without(text_of(body.plain, body.html_text)).strip("\n"),
        reply=reply_of(body.plain, body.html_text, subject),
        html=body.html,
        files=files.files_of(tree, body.shown, body.html),
        headers=tuple((name, clean(value)) for name, value in header_block.shown(headers)),
        warnings=_warnings(tree, body),
        reports=reports.parts_of(tree),
        size=len(raw),
    )


def file_bytes(raw: bytes, part: int) -> bytes:
    """The decoded bytes of a file that `read_mail` named. Raises `NotFound`, and what `read_mail` raises."""
    _check(raw)
    data = files.bytes_of(parts.tree(raw), part)
    if data is None:
        raise NotFound("the message has no such file")
    return data


def _check(raw: bytes) -> None:
    if not raw.strip():
        raise BadRequest("the message is empty")
    if len(raw) > limits.RAW:
        raise PayloadTooLarge(f"a message may have {limits.RAW // 2**20} MB")


def _sender(headers: Headers) -> MailAddress:
    for name in ("from", "sender", "reply-to"):
        for address in addresses(headers.encoded(name)):
            if address.address:
                return address
    return next(iter(addresses(headers.encoded("from"))), MailAddress("", ""))


def _delivered(headers: Headers) -> tuple[str, ...]:
    every = (entry.address for name in _DELIVERED for entry in addresses(headers.encoded(name)))
    return tuple(dict.fromkeys(normal(address) for address in every if address))


def _warnings(tree: Tree, body: Body) -> tuple[str, ...]:
    warnings = [*tree.warnings, *body.warnings]
    if any(leaf.content_type in ("application/ms-tnef", "application/vnd.ms-tnef") for leaf in tree.leaves()):
        warnings.append("files may be hidden in winmail.dat, a format of Outlook alone")
    if not tree.root.headers.raw("from"):
        warnings.append("the message names no sender")
    return tuple(dict.fromkeys(warnings))
