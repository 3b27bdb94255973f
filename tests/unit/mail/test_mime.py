"""Parts, files and letters of messages, well formed and broken."""

import base64
from email.message import EmailMessage

import pytest

from frontdesk.mail.read import file_bytes, read_mail
from tests.unit.mail.writing import letter, raw

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
KAZAKH = "Сәлеметсіз бе! Тапсырысым қашан келеді? Өтінемін, тезірек жауап беріңіз."
RUSSIAN = "Здравствуйте! Где мой заказ номер 54321? Жду уже неделю."


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "iso8859-5"),
        (KAZAKH, "kz1048"),
        (KAZAKH, "ptcp154"),
        (KAZAKH, "utf-8"),
        (KAZAKH, "utf-16"),
    ],
)
@pytest.mark.parametrize(
    "declared", ["", "iso-8859-1", "windows-1251", "koi8-r", "us-ascii", "x-nobody-knows"]
)
def test_letters_speak_louder_than_a_wrong_declaration(text: str, charset: str, declared: str) -> None:
    header = f"Content-Type: text/plain; charset={declared}" if declared else "Content-Type: text/plain"
    assert read_mail(raw(header, text.encode(charset))).text == text


@pytest.mark.parametrize(
    ("text", "charset", "name"),
    [
        ("Grüße aus München", "latin-1", "iso-8859-1"),
        ("Jørn Støylen", "latin-1", "iso-8859-1"),
        ("Zażółć gęślą jaźń", "iso8859-2", "iso-8859-2"),
        ("Здравствуйте", "cp1251", "win-1251"),
        ("注文はどこですか", "iso2022-jp", "iso-2022-jp"),
        ("我的订单在哪里", "gb18030", "gb2312"),
        (KAZAKH, "kz1048", "KZ-1048"),
        (KAZAKH, "ptcp154", "PT154"),
        ("plain", "ascii", ""),
    ],
)
def test_a_right_declaration_is_believed(text: str, charset: str, name: str) -> None:
    mail = read_mail(raw(f'Content-Type: text/plain; charset="{name}"', text.encode(charset)))
    assert (mail.text, mail.warnings) == (text, ("the message names no sender",))


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("=?utf-8?B?0JfQsNC60LDQtyA1NDMyMQ==?=", "Заказ 54321"),
        ("=?UTF-8?B?0JfQsNC60LA=?= =?UTF-8?B?0Lc=?=", "Заказ"),
        ("=?UTF-8?B?0JfQsNC60LDQ?=\n =?UTF-8?B?ty4=?=", "Заказ."),
        ("=?windows-1251?Q?=C7=E0=EA=E0=E7_?= 5", "Заказ  5"),
        ("=?utf-8*ru?Q?=D0=97?=", "З"),
        ("=?utf-8?B?0JfQsNC60LDQtw?=", "Заказ"),
        ("Re: =?utf-8?Q?a b?= c", "Re: a b c"),
        ("=?utf-8?B?not closed", "=?utf-8?B?not closed"),
        ("=?nobody?Q?plain?=", "plain"),
        ("=?utf-8?Q?a=0D=0ABcc:_x@y.example?=", "a Bcc: x@y.example"),
    ],
)
def test_encoded_words_of_headers(header: str, subject: str) -> None:
    assert read_mail(raw(f"Subject: {header}")).subject == subject


def test_raw_letters_in_headers_are_read_by_evidence() -> None:
    mail = read_mail("From: Анна <a@b.example>\nSubject: Где мой заказ".encode("cp1251") + b"\n\nx")
    assert (mail.sender.name, mail.subject) == ("Анна", "Где мой заказ")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="a.pdf"', "a.pdf"),
        ("attachment; filename*=utf-8''%D0%A1%D1%87%D1%91%D1%82.pdf", "Счёт.pdf"),
        (
            "attachment; filename*0*=utf-8''%D0%A1%D1%87; filename*1*=%D1%91%D1%82; filename*2=.pdf",
            "Счёт.pdf",
        ),
        ("attachment; filename*=windows-1251''%D1%F7%B8%F2.pdf", "Счёт.pdf"),
        ('attachment; filename="=?utf-8?B?0KHRh9GR0YIucGRm?="', "Счёт.pdf"),
        ("attachment; filename=two words.pdf", "two words.pdf"),
        ('attachment; filename="..\\\\..\\\\etc/pass:wd.txt"', "pass wd.txt"),
        ('attachment; filename="a\u202efdp.exe"', "a fdp.exe"),
        ('attachment; filename=""', "file-1.pdf"),
        (f'attachment; filename="{"a" * 400}.pdf"', "a" * 176 + ".pdf"),
    ],
)
def test_names_of_files(header: str, name: str) -> None:
    mail = read_mail(raw(f"Content-Type: application/pdf\nContent-Disposition: {header}", "x"))
    assert [file.filename for file in mail.files] == [name]


def test_a_pasted_picture_is_told_from_an_attached_one() -> None:
    message = letter("Смотрите")
    message.add_alternative('<p>Смотрите</p><img src="cid:shot@x">', subtype="html")
    parts = message.get_payload()
    assert isinstance(parts, list)
    html = parts[1]
    assert isinstance(html, EmailMessage)
    html.add_related(PNG, "image", "png", cid="<shot@x>", filename="shot.png")
    message.add_attachment(PNG + b"1", "image", "png", filename="photo.png", cid="<photo@x>")
    source = message.as_bytes()
    mail = read_mail(source)
    assert [(file.filename, file.inline, file.content_id) for file in mail.files] == [
        ("shot.png", True, "shot@x"),
        ("photo.png", False, "photo@x"),
    ]
    assert [file_bytes(source, file.part) for file in mail.files] == [PNG, PNG + b"1"]
    assert [file.size for file in mail.files] == [len(PNG), len(PNG) + 1]


def test_messages_invitations_and_winmail_are_files() -> None:
    inner = letter("внутри", subject="Старое письмо")
    message = letter("Пересылаю")
    message.add_attachment(inner)
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar")
    message.add_attachment(b"tnef", "application", "ms-tnef")
    mail = read_mail(message.as_bytes())
    assert [file.filename for file in mail.files] == ["Старое письмо.eml", "invite.ics", "winmail.dat"]
    assert mail.text == "Пересылаю"
    assert mail.warnings == ("files may be hidden in winmail.dat, a format of Outlook alone",)


def test_files_within_the_text_are_taken_out_of_it() -> None:
    body = "До\nbegin 644 note.txt\n#0V%T\n`\nend\nПосле\n"
    source = raw("From: a@b.example", body)
    mail = read_mail(source)
    assert [(file.filename, file.size) for file in mail.files] == [("note.txt", 3)]
    assert file_bytes(source, mail.files[0].part) == b"Cat"
    assert "begin" not in mail.text
    assert "После" in mail.text


PARTED = "From: a@b.example\nContent-Type: multipart/mixed; boundary={}"


def test_parts_without_an_end_or_a_declared_boundary_are_found() -> None:
    body = "--real\nContent-Type: text/plain\n\nHello\n--real\nContent-Type: text/csv; name=a.csv\n\n1,2"
    for boundary in ("real", "other", '""'):
        mail = read_mail(raw(PARTED.format(boundary), body))
        assert (mail.text, [file.filename for file in mail.files]) == ("Hello", ["a.csv"])
        assert mail.warnings


def test_a_message_of_parts_without_parts_is_one_text() -> None:
    mail = read_mail(raw(PARTED.format("x"), "Just text"))
    assert mail.text == "Just text"


def test_a_message_of_one_named_text_is_read() -> None:
    mail = read_mail(raw("From: a@b.example\nContent-Type: text/plain; name=body.txt", "Hello"))
    assert (mail.text, mail.files) == ("Hello", ())
    mail = read_mail(
        raw("From: a@b.example\nContent-Type: text/plain\nContent-Disposition: attachment", "Hello")
    )
    assert (mail.text, len(mail.files)) == ("", 1)
    named = raw(
        "From: a@b.example\nContent-Type: text/plain; name=body.txt", "Hi\nbegin 644 a\n#0V%T\n`\nend\n"
    )
    assert [file_bytes(named, file.part) for file in read_mail(named).files] == [b"Cat"]


def test_broken_base64_gives_what_it_holds() -> None:
    encoded = base64.b64encode(RUSSIAN.encode()).decode().rstrip("=")
    torn = f"{encoded[:20]}\n!!{encoded[20:]}"
    header = "From: a@b.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: BASE64;"
    assert read_mail(raw(header, torn)).text == RUSSIAN


def test_a_line_among_headers_that_is_none_ends_nothing() -> None:
    mail = read_mail(b"From a@b Tue May 5\nSubject: x\nnonsense\nFrom: a@b.example\nTo: c@d.example\n\nbody")
    assert (mail.subject, mail.sender.address, mail.text) == ("x", "a@b.example", "body")
    assert mail.warnings == ("a header block is damaged",)


def test_flowed_lines_are_joined_and_quotes_kept_apart() -> None:
    body = "One long \nline.\n> quoted \n> too\n-- \nAnna\n"
    mail = read_mail(raw("From: a@b.example\nContent-Type: text/plain; format=flowed", body))
    assert mail.text == "One long line.\n> quoted too\n-- \nAnna"
    assert mail.reply == "One long line."


@pytest.mark.parametrize(
    ("header", "address", "name"),
    [
        ("Anna <anna@X.example>", "anna@x.example", "Anna"),
        ('"Kim, Anna" <a@b.example>', "a@b.example", "Kim, Anna"),
        ("a@b.example (Anna Kim)", "a@b.example", "Anna Kim"),
        ("=?utf-8?B?0JDQvdC90LAsINCa0LjQvA==?= <a@b.example>", "a@b.example", "Анна, Ким"),
        ("=?utf-8?Q?fake=40bank.example?= <a@b.example>", "a@b.example", "fake@bank.example"),
        ("<@relay.example:a@b.example>", "a@b.example", ""),
        ("undisclosed-recipients:;", "", ""),
        ("Anna", "", "Anna"),
        ("'Anna' <a@b.example>", "a@b.example", "Anna"),
    ],
)
def test_senders(header: str, address: str, name: str) -> None:
    sender = read_mail(raw(f"From: {header}\nTo: x@y.example")).sender
    assert (sender.address, sender.name) == (address, name)


@pytest.mark.parametrize("value", ["", "<>", "< >", "<@>", "nobody", "<a b@c>"])
def test_a_message_id_that_is_none_matches_nothing(value: str) -> None:
    mail = read_mail(
        raw(f"Message-ID: {value}\nIn-Reply-To: {value}\nReferences: {value}\nFrom: a@b.example")
    )
    assert (mail.message_id, mail.in_reply_to, mail.references) == ("", (), ())


@pytest.mark.parametrize(
    "value", ["", "yesterday", "Mon, 99 Foo 2026 99:99", "Thu, 01 Jan 1970 00:00:00 +9999999"]
)
def test_a_date_that_is_none_is_none(value: str) -> None:
    assert read_mail(raw(f"Date: {value}\nFrom: a@b.example")).date is None
