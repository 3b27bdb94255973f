"""Replies as letters, and where an answer of staff ends."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from frontdesk.channels.email.fold import above, answer_above
from frontdesk.channels.email.letter import Letterhead, letter, subject
from frontdesk.channels.email.proof import proof_of
from frontdesk.channels.outbound import Asked, OutboundMessage
from frontdesk.engine.mailer import MailFile, mime
from frontdesk.kit.reply_tokens import Answers, ReplyTokens
from frontdesk.mail.read import read_mail
from frontdesk.terms import ChannelName, Proof, SenderType
from tests.emulators.mails import mail

TOKENS = ReplyTokens(b"key")
ID = "00000000-0000-0000-0000-000000000007"
HEAD = Letterhead("support@shop.example", "Shop", is_read=True)
ASKED = Asked("Where is it?\nI <wait>", datetime(2026, 11, 20, 5, tzinfo=UTC), "Ann")
REPLY = OutboundMessage(
    "3f-1", ChannelName.EMAIL, "default", "ann@mail.example", "t", "**Soon**, see [it](https://shop.example/a)",
    "en", "Re: Order [T-000001]", asked=ASKED, conversation=ID,
)  # fmt: skip


def test_its_id_bears_the_seal_and_is_the_same_in_every_attempt() -> None:
    made = [letter(REPLY, "ann@mail.example", HEAD, TOKENS) for _ in range(2)]
    assert made[0] == made[1]
    seal = TOKENS.token(Answers.CONVERSATION, ID)
    assert made[0].message_id == f"<{seal}.3f-1@shop.example>"
    assert made[0].headers["Reply-To"] == f"support+{seal}@shop.example"


def test_marks_are_kept_as_html_and_text_is_escaped() -> None:
    made = letter(REPLY, "ann@mail.example", HEAD, TOKENS)
    assert made.html is not None
    assert '<strong>Soon</strong>, see <a href="https://shop.example/a">it</a>' in made.html
    assert "I &lt;wait&gt;" in made.html
    assert made.text.startswith("Soon, see it (https://shop.example/a)\n\n")
    assert "On 20.11.2026 05:00 UTC, Ann wrote:\n> Where is it?\n> I <wait>\n" in made.text


def test_script_of_a_reply_is_text() -> None:
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](data:text/html,z)"
    made = letter(replace(REPLY, content=hostile), "ann@mail.example", HEAD, TOKENS)
    assert made.html is not None
    assert "<script" not in made.html
    assert 'href="javascript:' not in made.html


@pytest.mark.parametrize(
    ("language", "words"), [("ru", "Ann пишет:"), ("kk", "Ann жазды:"), ("de", "Ann wrote:")]
)
def test_the_quote_is_introduced_in_the_customer_s_language(language: str, words: str) -> None:
    assert words in letter(replace(REPLY, language=language), "ann@mail.example", HEAD, TOKENS).text


def test_a_person_s_letter_is_no_automatic_one_and_has_the_signature() -> None:
    head = replace(HEAD, signature="Shop\n+7 700")
    made = letter(replace(REPLY, sender_type=SenderType.MANAGER), "ann@mail.example", head, TOKENS)
    assert "Auto-Submitted" not in made.headers
    assert "-- \nShop\n+7 700\n\nOn " in made.text


@pytest.mark.parametrize(
    "headers",
    [
        (("Message-ID", "<a@b>\r\nBcc: eve@evil.example"), ("References", "no ids at all")),
        (("Message-ID", ""), ("References", "<" + "x" * 900 + "@y> <a b@c> <>")),
        (("Message-ID", "<ключ@b>"),),
    ],
)
def test_headers_of_strangers_bring_ids_alone(headers: tuple[tuple[str, str], ...]) -> None:
    made = mime(letter(replace(REPLY, quoted=headers), "ann@mail.example", HEAD, TOKENS))
    assert made["Bcc"] is None
    assert made["In-Reply-To"] in (None, "<a@b>")


def test_long_ids_stay_as_they_are() -> None:
    """Encoded, as the email package does it, no program would find the thread."""
    long = [f"<{letter_ * 90}@mail.example>" for letter_ in "abc"]
    quoted = (("Message-ID", long[2]), ("References", " ".join(long[:2])))
    raw = mime(letter(replace(REPLY, quoted=quoted), "ann@mail.example", HEAD, TOKENS)).as_bytes()
    assert read_mail(raw).references == tuple(long)
    assert read_mail(raw).in_reply_to == (long[2],)
    assert b"=?" not in raw.partition(b"\r\n\r\n")[0]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Re: Re: Order", "Re: Order"),
        ("Re: Отв: RE[2]: Заказ", "Re: Заказ"),
        ("Order", "Re: Order"),
        ("Re: Regarding it", "Re: Regarding it"),
    ],
)
def test_a_subject_has_one_re(given: str, shown: str) -> None:
    assert subject(given) == shown


def test_files_go_with_it() -> None:
    made = mime(letter(REPLY, "a@b.example", HEAD, TOKENS, [MailFile("чек.pdf", "application/pdf", b"%PDF")]))
    assert [file.get_filename() for file in made.iter_attachments()] == ["чек.pdf"]


def test_where_nothing_is_read_no_seal_is_shown() -> None:
    made = letter(REPLY, "ann@mail.example", replace(HEAD, is_read=False, plus_addresses=False), TOKENS)
    assert "Reply-To" not in made.headers
    assert TOKENS.find(made.text) is None


MARK = answer_above("Answer above this line")


@pytest.mark.parametrize(
    "text",
    [
        f"Yes.\n{MARK}\nsecrets",
        f"Yes.\n\nOn Friday, Shop <support@shop.example> wrote:\n> {MARK}\n> secrets",
        f"Yes.\n\nпт, 20 нояб. 2026 г. в 10:00,\nShop <support@shop.example>:\n\n> {MARK}\n",
        f"Yes.\n\n> > {MARK}",
    ],
)
def test_what_stands_below_the_line_is_no_answer(text: str) -> None:
    answer = above(text)
    assert answer.startswith("Yes.")
    assert "secrets" not in answer
    assert "@" not in answer


def test_an_answer_without_the_line_is_whole() -> None:
    assert above("Yes.\nWrite to a@b.example:") == "Yes.\nWrite to a@b.example:"


@pytest.mark.parametrize(
    ("results", "proof"),
    [
        ("mx.shop.example; dmarc=pass header.from=mail.example", Proof.ATTESTED),
        ("MX.shop.example 1; spf=pass; dmarc=pass (p=none) header.from=Mail.Example", Proof.ATTESTED),
        ("mx.shop.example; dmarc=pass header.from=evil.example", Proof.CLAIMED),
        ("mx.shop.example; spf=pass smtp.mailfrom=mail.example", Proof.CLAIMED),
        ("mx.shop.example; dmarc=fail header.from=mail.example", Proof.NONE),
        ("mx.evil.example; dmarc=pass header.from=mail.example", Proof.CLAIMED),
        ("", Proof.CLAIMED),
    ],
)
def test_a_sender_is_believed_by_our_own_server_alone(results: str, proof: Proof) -> None:
    assert proof_of(read_mail(mail("hi", authentication_results=results)), "mx.shop.example") is proof


def test_a_header_that_the_sender_wrote_below_ours_counts_for_nothing() -> None:
    ours = b"Authentication-Results: mx.shop.example; dmarc=none\r\n"
    raw = ours + mail("hi", authentication_results="mx.shop.example; dmarc=pass header.from=mail.example")
    assert proof_of(read_mail(raw), "mx.shop.example") is Proof.CLAIMED
    assert proof_of(read_mail(raw), "") is Proof.CLAIMED
