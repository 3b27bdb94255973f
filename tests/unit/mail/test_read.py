"""A raw message becomes fields, whatever is broken in it."""

import pytest

from frontdesk.errors import BadRequest, NotFound, PayloadTooLarge
from frontdesk.mail import limits
from frontdesk.mail.message import MailAddress
from frontdesk.mail.read import file_bytes, read_mail

LETTER = (
    b"""\
From: =?utf-8?B?0JDQvdC90LA=?= <Anna@Example.KZ>
To: "Desk, the" <help@shop.example>, sales@shop.example
Cc: Friends: a@b.example, c@d.example;
Reply-To: anna.home@example.kz
Delivered-To: help+t7@shop.example
Subject: =?koi8-r?Q?=FA=C1=CB=C1=DA?= 54321
Message-ID: <m1@example.kz>
In-Reply-To: <q1@shop.example>
References: <q0@shop.example>
 <q1@shop.example>
Date: Mon, 04 May 2026 10:12:00 +0500
Content-Type: text/plain; charset=windows-1251

""".replace(b"\n", b"\r\n")
    + "Где мой заказ?\r\n".encode("cp1251")
)


def test_a_letter_is_read_into_its_fields() -> None:
    mail = read_mail(LETTER)
    assert mail.sender == MailAddress("Anna@example.kz", "Анна")
    assert mail.to == (
        MailAddress("help@shop.example", "Desk, the"),
        MailAddress("sales@shop.example", ""),
    )
    assert [entry.address for entry in mail.cc] == ["a@b.example", "c@d.example"]
    assert mail.reply_to == MailAddress("anna.home@example.kz", "")
    assert mail.delivered_to == ("help+t7@shop.example",)
    assert (mail.subject, mail.text, mail.reply) == ("Заказ 54321", "Где мой заказ?", "Где мой заказ?")
    assert (mail.message_id, mail.in_reply_to) == ("<m1@example.kz>", ("<q1@shop.example>",))
    assert mail.references == ("<q0@shop.example>", "<q1@shop.example>")
    assert mail.date is not None
    assert mail.date.isoformat() == "2026-05-04T05:12:00+00:00"
    assert mail.warnings == ()


def test_an_empty_message_and_one_too_large_are_refused() -> None:
    with pytest.raises(BadRequest):
        read_mail(b" \r\n")
    with pytest.raises(PayloadTooLarge):
        read_mail(b"a" * (limits.RAW + 1))


def test_a_file_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFound):
        file_bytes(LETTER, 7)
