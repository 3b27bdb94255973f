"""The mailer against real SMTP servers that behave well, badly, or not at all."""

import asyncio
import email
from email.policy import default as modern
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from frontdesk.engine.mailer import FolderMailer, MailFile, SmtpMailer, mailer_from, mime
from frontdesk.errors import SendDelayed, SendRefused, SendUnknown
from frontdesk.settings import Settings
from tests.engine.smtp import MAIL, Inbox, like, served


async def test_an_accepted_mail_arrives_as_it_was_meant(inbox: Inbox, mailer: SmtpMailer) -> None:
    await mailer.send(MAIL)
    got = inbox.read()
    assert got["Subject"] == MAIL.subject
    assert got["Message-ID"] == MAIL.message_id
    assert got["From"].addresses[0].display_name == "Стол помощи"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Date"].datetime.tzinfo is not None
    plain, html = got.get_body(("plain",)), got.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == MAIL.text
    assert html.get_content().strip() == MAIL.html
    assert [part.get_filename() for part in got.iter_attachments()] == ["чек.pdf"]
    assert inbox.kept[0].mail_from == "desk@desk.example"


@pytest.mark.parametrize("at", ["rcpt", "answers"])
async def test_later_is_a_delay_and_the_second_try_arrives_once(
    inbox: Inbox, mailer: SmtpMailer, at: str
) -> None:
    getattr(inbox, at).append("451 4.7.1 greylisted, come again")
    with pytest.raises(SendDelayed, match="451"):
        await mailer.send(MAIL)
    assert not inbox.kept
    await mailer.send(MAIL)
    assert len(inbox.kept) == 1


@pytest.mark.parametrize("at", ["rcpt", "answers"])
async def test_never_is_a_refusal(inbox: Inbox, mailer: SmtpMailer, at: str) -> None:
    getattr(inbox, at).append("550 5.1.1 no such mailbox")
    with pytest.raises(SendRefused, match="550"):
        await mailer.send(MAIL)


@pytest.mark.parametrize("ending", ["drop", "silence"])
async def test_a_server_lost_after_data_leaves_it_unknown(
    inbox: Inbox, mailer: SmtpMailer, ending: str
) -> None:
    inbox.answers.append(ending)
    quick = SmtpMailer(mailer.host, mailer.port, security="none", timeout=0.5)
    with pytest.raises(SendUnknown):
        await quick.send(MAIL)


async def test_a_goodbye_that_fails_does_not_unsend() -> None:
    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 hi\r\n")
        for answer in (b"250 hi\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n"):
            await reader.readline()
            writer.write(answer)
        await reader.readuntil(b"\r\n.\r\n")
        writer.write(b"250 taken\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(server, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        await SmtpMailer("127.0.0.1", port, security="none", timeout=2).send(MAIL)


async def test_a_silent_server_is_a_delay() -> None:
    async def server(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_server(server, "127.0.0.1", 0) as listening:
        port = listening.sockets[0].getsockname()[1]
        with pytest.raises(SendDelayed, match="cannot be reached"):
            await SmtpMailer("127.0.0.1", port, security="none", timeout=0.3).send(MAIL)


async def test_a_server_that_is_not_there_is_a_delay(unused_tcp_port: int) -> None:
    with pytest.raises(SendDelayed):
        await SmtpMailer("127.0.0.1", unused_tcp_port, security="none", timeout=1).send(MAIL)


async def test_without_starttls_nothing_goes_out_in_the_clear(inbox: Inbox, mailer: SmtpMailer) -> None:
    with pytest.raises(SendRefused):
        await SmtpMailer(mailer.host, mailer.port, security="starttls", timeout=2).send(MAIL)
    assert not inbox.kept


@pytest.mark.parametrize(("password", "arrives"), [("s3cret-of-the-desk", True), ("wrong-one", False)])
async def test_a_wrong_password_is_refused_and_never_told(inbox: Inbox, password: str, arrives: bool) -> None:
    def login(*about: Any) -> AuthResult:
        given_login = about[-1]
        assert isinstance(given_login, LoginPassword)
        return AuthResult(handled=False, success=given_login.password == b"s3cret-of-the-desk")

    key = SecretStr(password)
    async with served(inbox, authenticator=login, auth_require_tls=False, auth_required=True) as port:
        mailer = SmtpMailer("127.0.0.1", port, "desk", key, security="none", timeout=2)
        if arrives:
            await mailer.send(MAIL)
        else:
            with pytest.raises(SendRefused, match="535") as refused:
                await mailer.send(MAIL)
            assert password not in str(refused.value)
    assert bool(inbox.kept) is arrives
    assert password not in repr(mailer)


async def test_the_folder_keeps_a_mail_once_however_often_it_is_sent(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "mail")
    await asyncio.gather(*(mailer.send(MAIL) for _ in range(5)))
    kept = mailer.path(MAIL.message_id)
    first = kept.read_bytes()
    await mailer.send(MAIL)
    assert kept.read_bytes() == first
    assert sorted(file.name for file in kept.parent.iterdir()) == [
        "escalation.7f@desk.example.eml",
        "escalation.7f@desk.example.html",
    ]
    assert email.message_from_bytes(first, policy=modern)["Subject"] == MAIL.subject
    assert kept.with_suffix(".html").read_text() == MAIL.html


async def test_a_folder_that_cannot_be_written_is_a_delay(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file stands where the folder should be")
    with pytest.raises(SendDelayed):
        await FolderMailer(tmp_path / "mail").send(MAIL)


@pytest.mark.parametrize("message_id", ["no brackets@x", "<a@b>\r\nBcc: x@y.example", "<../../etc@x/y>", ""])
def test_a_message_id_of_another_form_is_refused(message_id: str) -> None:
    with pytest.raises(SendRefused):
        mime(like(MAIL, message_id=message_id))


@pytest.mark.parametrize(
    "to", ["", "manager", "a@b\r\nBcc: c@d.example", "a@b, c@d.example", "почта@x.example", "@x"]
)
def test_an_address_that_is_none_is_refused(to: str) -> None:
    with pytest.raises(SendRefused):
        mime(like(MAIL, to=to))


def test_a_domain_in_cyrillic_is_written_in_ascii() -> None:
    assert mime(like(MAIL, to="desk@пример.example"))["To"] == "desk@xn--e1afmkfd.example"


@given(st.text(), st.text(), st.text())
def test_nothing_that_people_type_starts_a_header(subject: str, value: str, name: str) -> None:
    hostile = f"{subject}\r\nBcc: thief@x.example\n\n{value}"
    mail = like(
        MAIL,
        subject=hostile,
        headers={"X-Note": hostile},
        attachments=(MailFile(f"{name}\r\nBcc: x@y.example", "text/html\r\nBcc: x@y.example", b"x"),),
        text=f"{value}\r\n.\r\n{subject}",
    )
    got = email.message_from_bytes(mime(mail).as_bytes(), policy=modern)
    assert got["Bcc"] is None
    assert {header.lower() for header in got} == {
        "message-id", "date", "from", "to", "subject", "x-note", "mime-version", "content-type"
    }  # fmt: skip


@pytest.mark.parametrize("name", ["Bcc", "Subject", "X-A\r\nBcc", "", "X A"])
def test_a_header_that_would_reroute_the_mail_is_refused(name: str) -> None:
    with pytest.raises(SendRefused):
        mime(like(MAIL, headers={name: "x"}))


def test_settings_choose_the_mailer(tmp_path: Path) -> None:
    assert mailer_from(Settings(_env_file=None, smtp_host=""), tmp_path) == FolderMailer(tmp_path / "mail")
    chosen = mailer_from(
        Settings(_env_file=None, smtp_host="mail.example", smtp_port=465, smtp_tls="tls"), tmp_path
    )
    assert chosen == SmtpMailer("mail.example", 465, security="tls")
    assert (chosen.leaves, FolderMailer(tmp_path).leaves) == ("sent", "saved")
