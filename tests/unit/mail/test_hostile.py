"""Any bytes: reading ends, raises nothing but what it promises, and what was well written is read back."""

import string
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.errors import BadRequest
from frontdesk.mail import limits
from frontdesk.mail.intake import IntakeContext, sort_out
from frontdesk.mail.message import ReadMail
from frontdesk.mail.read import file_bytes, read_mail
from frontdesk.mail.reply.extract import reply_in

_PIECES = st.sampled_from(
    [
        b"\r\n", b"\n", b"\n\n", b"--b\n", b"--b--\n", b"Content-Type: ", b"multipart/mixed; boundary=b", b"text/html",
        b"message/rfc822", b"Content-Transfer-Encoding: base64\n", b"quoted-printable", b"=?utf-8?B?", b"?=",
        b"filename*0*=", b"utf-8''%D0",
        b"From: ", b"<a@b>", b'"', b"(", b"begin 644 x\n", b"\nend\n", b"> ", b"On Mon wrote:\n", b"-- \n",
        b"charset=utf-16\n", b"\x00", b"\xff\xfe", b"<div class=gmail_quote>", b"</blockquote>", b"Action: failed\n",
        b"message/delivery-status", b"\xee\x80\x80", b"Date: ", b"\xed\xa0\x80",
    ]
)  # fmt: skip
_SOUP = st.lists(st.one_of(_PIECES, st.binary(max_size=20)), max_size=60).map(b"".join)


def _is_whole(mail: ReadMail, source: bytes) -> None:
    for file in mail.files:
        assert len(file_bytes(source, file.part)) == file.size
        assert file.filename
        assert not set(file.filename) & set('/\\\x00\n"<>')
    texts = [mail.subject, mail.text, mail.reply, mail.sender.name, *(value for _, value in mail.headers)]
    for text in texts:
        text.encode()  # no lone surrogate
        assert "\x00" not in text
    assert not any("\n" in value or "\r" in value for _, value in mail.headers)
    assert sort_out(mail, IntakeContext()).kind


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=2_000), _SOUP))
def test_any_bytes_are_read_or_refused_as_empty(source: bytes) -> None:
    try:
        mail = read_mail(source)
    except BadRequest:
        assert not source.strip()
        return
    _is_whole(mail, source)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=2_000))
def test_any_text_has_a_reply_of_its_own_lines(text: str) -> None:
    own = {line.rstrip() for line in text.split("\n")}
    flat = text.replace("\r", "").rstrip()
    for line in reply_in(text).split("\n"):
        assert line.rstrip() in own or line.strip() in flat


_WORDS = (
    st.text(string.ascii_letters + "абвәіңғүұқөһ é№", min_size=1, max_size=30).map(str.strip).filter(bool)
)
_LOCAL = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12)


@settings(max_examples=100, deadline=None)
@given(
    subject=_WORDS,
    name=_WORDS,
    local=_LOCAL,
    lines=st.lists(_WORDS, min_size=1, max_size=6),
    filename=_WORDS,
    content=st.binary(max_size=300),
    encoding=st.sampled_from(["base64", "quoted-printable"]),
)
def test_what_the_standard_library_writes_is_read_back(
    subject: str,
    name: str,
    local: str,
    lines: list[str],
    filename: str,
    content: bytes,
    encoding: str,
) -> None:
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["From"] = Address(name, local, "user.example")
    message["To"] = Address(name, local, "shop.example")
    message["Message-ID"] = f"<{local}@user.example>"
    text = "\n".join(lines)
    message.set_content(text, cte=encoding)
    message.add_attachment(content, "application", "octet-stream", filename=f"{filename}.bin")
    source = message.as_bytes()
    mail = read_mail(source)
    assert " ".join(mail.subject.split()) == " ".join(subject.split())
    assert mail.sender.address == f"{local}@user.example"
    assert mail.sender.name == " ".join(name.split())
    assert mail.to[0].address == f"{local}@shop.example"
    assert mail.message_id == f"<{local}@user.example>"
    assert mail.text.rstrip() == text
    assert [file_bytes(source, file.part) for file in mail.files] == [content]
    assert " ".join(mail.files[0].filename.split()) == f"{' '.join(filename.split())}.bin"


_LONG = 60_000
HOSTILE = {
    "quotes": "> " * _LONG,
    "quoted lines": "\n>" * _LONG,
    "empty lines": "\n" * _LONG,
    "introductions": "On Mon, May 4, 2026 at 10:12\n" * 10_000,
    "shared introductions": ("On Mon " * 50 + "wrote:\n") * 2_000,
    "names before a colon": ("a@b.example " * 30 + ":\n") * 2_000,
    "header lines": "From: a@b.example\n" * 20_000,
    "labels in a line": "From: " * _LONG,
    "signature marks": "-- \n" * _LONG,
    "rules": ("-" * 300 + "\n") * 5_000,
    "closings": "С уважением\n" * 20_000,
    "notices": "\n\nThis e-mail is\n" * 20_000,
    "devices": "Sent from my " * 20_000,
    "addresses": "a@" * _LONG,
    "brackets": "<" * _LONG,
    "parentheses": "(" * _LONG,
    "encoded words": "=?utf-8?B?" * 20_000,
    "invisible": "\u200b" * _LONG,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_long_hostile_texts_are_read_in_moderate_time(body: str) -> None:
    """The suite's time limit is the bound; a pattern that backtracks would take hours."""
    data = body.encode()
    for kind in (b"plain", b"html"):
        source = b"From: a@b.example\nContent-Type: text/" + kind + b"; charset=utf-8\n\n" + data
        _is_whole(read_mail(source), source)
    for name in (
        b"Subject",
        b"From",
        b"Content-Type",
        b"Content-Disposition",
        b"References",
        b"X-Spam-Status",
    ):
        source = name + b": " + data.replace(b"\n", b"\n ") + b"\n\nx"
        _is_whole(read_mail(source), source)


def test_nesting_parts_and_size_are_bounded() -> None:
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level) for level in range(1_000)
    )
    mail = read_mail(b"From: a@b.example\n" + deep + b"\nhello")
    assert "parts nested too deep are kept as a file" in mail.warnings
    assert len(mail.files) == 1
    many = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 10_000
    mail = read_mail(many)
    assert f"only the first {limits.PARTS} parts were read" in mail.warnings
    inside = b"Content-Type: message/rfc822\n\n" * 1_000
    assert len(read_mail(b"From: a@b.example\n" + inside + b"\nhello").files) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"\n--bb" * 5_000_000,
        b"\n--b" + b" " * 25_000_000,
        b"\n--b   x" * 3_000_000,
        b"begin 644 a\n" * 2_000_000,
        b"=\n" * 12_000_000,
        b"\xff" * 25_000_000,
        b"\x00" * 25_000_000,
    ],
    ids=["near marks", "blanks", "marks with more", "begins", "soft breaks", "high bytes", "zeros"],
)
def test_large_messages_are_read_in_moderate_time(body: bytes) -> None:
    for header in (b"multipart/mixed; boundary=b", b"text/plain"):
        mail = read_mail(
            b"From: a@b.example\nContent-Transfer-Encoding: quoted-printable\nContent-Type: "
            + header
            + b"\n"
            + body[: limits.RAW - 200]
        )
        assert len(mail.text) <= limits.TEXT
