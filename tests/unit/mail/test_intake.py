"""What a mail turns out to be, and that nothing of a customer's is taken for something else."""

import pytest

from frontdesk.mail.draft import ids_of_domain
from frontdesk.mail.intake import IntakeContext, sort_out
from frontdesk.mail.read import read_mail
from frontdesk.mail.verdict import (
    Accepted,
    AutoReply,
    Bounced,
    Complaint,
    Delivered,
    Duplicate,
    Empty,
    Failure,
    Loop,
    MailingList,
    ReadReport,
    Spam,
    TooLarge,
    Verdict,
)
from tests.unit.mail.writing import DESK, letter, raw

CONTEXT = IntakeContext(
    own_addresses=frozenset({DESK}),
    is_own_id=ids_of_domain("shop.example"),
    is_known=lambda message_id: message_id == "<known@user.example>",
    most_bytes=100_000,
)


def verdict(source: bytes) -> Verdict:
    return sort_out(read_mail(source), CONTEXT)


def of_letter(text: str = "Где мой заказ?", **headers: str) -> Verdict:
    return verdict(letter(text, **headers).as_bytes())


def test_a_letter_is_accepted_and_may_be_answered() -> None:
    assert of_letter() == Accepted()


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"message_id": "<known@user.example>"}, Duplicate("<known@user.example>")),
        ({"message_id": "<t7.1@shop.example>"}, Loop("own_message_id")),
        ({"X_Frontdesk_Loop": "T-000007"}, Loop("own_header")),
        ({"from": "Shop <help+t7@shop.example>"}, Loop("own_address")),
        ({"Auto_Submitted": "auto-replied (vacation)"}, AutoReply("auto_submitted")),
        ({"X_Autoreply": "yes"}, AutoReply("header")),
        (
            {"Precedence": "bulk", "In_Reply_To": "<t7.1@shop.example>"},
            AutoReply("precedence", ("<t7.1@shop.example>",)),
        ),
        ({"subject": "Автоответ: Re: Заказ"}, AutoReply("subject")),
        ({"subject": "Automatic reply: order"}, AutoReply("subject")),
        ({"subject": "Автоматты жауап: тапсырыс"}, AutoReply("subject")),
        ({"subject": "Out of Office: 1 to 9 May"}, AutoReply("subject")),
        ({"List_Id": "News <news.bank.example>"}, MailingList("list_id")),
        ({"Precedence": "bulk"}, MailingList("precedence")),
        ({"List_Unsubscribe": "<https://x.example/u>"}, MailingList("list_unsubscribe")),
        ({"X_Spam_Status": "Yes, score=7.2 required=5.0"}, Spam("score", 7.2)),
        ({"X_Spam_Flag": "YES"}, Spam("flag")),
        ({"X_Spam_Level": "******"}, Spam("score", 6.0)),
        ({"X_MS_Exchange_Organization_SCL": "6"}, Spam("confidence_level", 6.0)),
    ],
)
def test_headers_tell_what_is_no_letter(headers: dict[str, str], expected: Verdict) -> None:
    assert of_letter(**headers) == expected


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Spam_Status": "No, score=1.1 required=5.0"},
        {"subject": "Автоответчик не работает"},
        {"subject": "Автоматический ответ пришёл не тот"},
        {"subject": "Out of office furniture: your offer"},
        {"subject": "Undeliverable parcel"},
        {"subject": "Re: failure notice"},
        {"Auto_Submitted": "no"},
        {"List_Id": "Support <help.shop.example>", "List_Post": "<mailto:help@shop.example>"},
        {"Precedence": "list", "In_Reply_To": "<t7.1@shop.example>"},
        {"X_Spam_Flag": "YES", "References": "<t7.1@shop.example>"},
        {"from": "postmaster@user.example", "subject": "Где заказ"},
    ],
)
def test_a_customers_letter_stays_one(headers: dict[str, str]) -> None:
    assert isinstance(of_letter(**headers), Accepted)


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-generated"}, "auto_submitted"),
        ({"Return_Path": "<>"}, "null_sender"),
        ({"X_Auto_Response_Suppress": "DR, OOF, AutoReply"}, "suppressed"),
        ({"from": "no-reply@user.example"}, "robot_address"),
        ({"to": "friends@user.example"}, "hidden_copy"),
    ],
)
def test_what_a_program_seems_to_have_written_is_not_answered_by_one(
    headers: dict[str, str], reason: str
) -> None:
    assert of_letter(**headers) == Accepted(may_answer=False, reason=reason)


def test_too_large_and_empty_messages_are_named() -> None:
    assert isinstance(of_letter("a" * 100_001), TooLarge)
    assert of_letter(" ", subject="") == Empty()


REPORT = """From: MAILER-DAEMON@mx.example
Subject: {subject}
Content-Type: multipart/report; report-type={kind}; boundary=b
"""


def report(part: str, kind: str = "delivery-status", subject: str = "Undelivered Mail") -> Verdict:
    body = (
        f"--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/{kind}\n\n{part}\n"
        "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <t7.1@shop.example>\nX-Frontdesk-Loop: T-7\n--b--\n"
    )
    return verdict(raw(REPORT.format(kind=kind, subject=subject), body))


GONE = """Reporting-MTA: dns; mx.example

Original-Recipient: rfc822; anna@user.example
Final-Recipient: rfc822;anna@relay.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1
 no such user"""


def test_a_delivery_report_names_the_message_the_recipient_and_the_cause() -> None:
    failure = Failure("anna@user.example", "5.1.1", True, "550 5.1.1 no such user")
    assert report(GONE) == Bounced(
        "<t7.1@shop.example>", "anna@user.example", "5.1.1", True, "550 5.1.1 no such user", (failure,)
    )


def test_a_person_who_forwards_a_report_is_a_person() -> None:
    body = f"--b\n\nWhy is it back?\n--b\nContent-Type: message/delivery-status\n\n{GONE}\n--b--\n"
    source = raw(
        "From: a@user.example\nTo: help@shop.example\nContent-Type: multipart/mixed; boundary=b", body
    )
    assert verdict(source) == Accepted()


def test_of_several_recipients_the_lost_comes_first() -> None:
    late = "Final-Recipient: rfc822; b@user.example\nAction: delayed\nStatus: 4.4.1\n\n"
    bounced = report(f"Reporting-MTA: dns; mx\n\n{late}{GONE.partition(chr(10) * 2)[2]}")
    assert isinstance(bounced, Bounced)
    assert (bounced.recipient, bounced.permanent) == ("anna@user.example", True)
    assert [failure.permanent for failure in bounced.failures] == [True, False]


def test_a_delay_is_no_loss_and_a_delivery_is_no_bounce() -> None:
    delayed = report("A: b\n\nFinal-Recipient: rfc822; a@user.example\nAction: delayed\nStatus: 4.2.2")
    assert isinstance(delayed, Bounced)
    assert (delayed.permanent, delayed.status) == (False, "4.2.2")
    relayed = report("A: b\n\nFinal-Recipient: rfc822; a@user.example\nAction: relayed\nStatus: 2.1.9")
    assert relayed == Delivered("<t7.1@shop.example>", "a@user.example")


def test_read_reports_and_complaints() -> None:
    seen = (
        "Final-Recipient: rfc822; a@user.example\nOriginal-Message-ID: <t7.2@shop.example>\n"
        "Disposition: manual-action/MDN-sent-manually; displayed"
    )
    assert report(seen, "disposition-notification") == ReadReport(
        "<t7.2@shop.example>", "a@user.example", True
    )
    spam = "Feedback-Type: abuse\nOriginal-Rcpt-To: a@user.example"
    assert report(spam, "feedback-report") == Complaint("<t7.1@shop.example>", "a@user.example")


QMAIL = """Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<anna@user.example>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 <anna@user.example> User unknown

--- Below this line is a copy of the message.

Message-ID: <t7.1@shop.example>
To: anna@user.example"""
POSTFIX = """This is the mail system at host mx.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<anna@user.example>: host mx.user.example[192.0.2.1] said: 550 5.7.1 Message
    rejected as spam (in reply to end of DATA command)"""
EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its recipients.
The following address(es) failed:

  anna@user.example
    host mx.user.example [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<anna@user.example>:
    552 5.2.2 Mailbox full"""
EXCHANGE = """Delivery has failed to these recipients or groups:

anna@user.example
The email address you entered couldn't be found.

Diagnostic information for administrators:
Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found'

Original message headers:
Message-ID: <t7.1@shop.example>"""
GMAIL = """** Address not found **

Your message wasn't delivered to anna@user.example because the address couldn't be found.

The response was:
550 5.1.1 The email account that you tried to reach does not exist."""
MAIL_RU = """Это письмо создано автоматически сервером Mail.ru, отвечать на него не нужно.

К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:

anna@user.example
Пользователь не найден: 550 Message was not accepted -- invalid mailbox."""
WAITING = """THIS IS A WARNING MESSAGE ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.

The following address had transient errors: <anna@user.example>
451 4.7.1 Greylisted. Delivery will be retried."""


@pytest.mark.parametrize(
    ("sender", "subject", "text", "status", "permanent"),
    [
        ("MAILER-DAEMON@mx.example", "failure notice", QMAIL, "5.1.1", True),
        ("MAILER-DAEMON@mx.example", "Undelivered Mail Returned to Sender", POSTFIX, "5.7.1", True),
        (
            "Mailer-Daemon@mx.example",
            "Mail delivery failed: returning message to sender",
            EXIM,
            "5.2.2",
            True,
        ),
        ("MicrosoftExchange329e71ec88ae4615@x.example", "Undeliverable: Re: Заказ", EXCHANGE, "5.1.10", True),
        ("mailer-daemon@googlemail.example", "Delivery Status Notification (Failure)", GMAIL, "5.1.1", True),
        ("mailer-daemon@corp.mail.example", "Письмо не доставлено", MAIL_RU, "5.0.0", True),
        (
            "MAILER-DAEMON@mx.example",
            "Warning: could not send message for past 4 hours",
            WAITING,
            "4.7.1",
            False,
        ),
    ],
    ids=["qmail", "postfix", "exim", "exchange", "gmail", "mail.ru", "sendmail"],
)
def test_bounces_in_servers_own_words(
    sender: str, subject: str, text: str, status: str, permanent: bool
) -> None:
    bounced = of_letter(text, **{"from": sender, "subject": subject})
    assert isinstance(bounced, Bounced)
    assert (bounced.recipient, bounced.status, bounced.permanent) == ("anna@user.example", status, permanent)
    assert bounced.reason == "wording"
    expected = "<t7.1@shop.example>" if "Message-ID" in text else ""
    assert bounced.original_message_id == expected
