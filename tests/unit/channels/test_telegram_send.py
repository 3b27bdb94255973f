"""How Telegram is spoken to: what goes over the wire, and what its answers mean."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontdesk.channels.inbound import RemoteMedia, Upload
from frontdesk.channels.outbound import Button, OutboundMessage
from frontdesk.channels.telegram.channel import Telegram
from frontdesk.channels.telegram.outgoing import call
from frontdesk.engine.blobs import FolderBlobs
from frontdesk.errors import FileRefused, SendDelayed, SendRefused, SendUnknown, Unavailable
from frontdesk.terms import ChannelName
from tests.contracts.telegram_account import STYLE, account
from tests.emulators.bot_api import FILE, TOKEN, BotApiStub, fields, refused
from tests.emulators.http_stub import DROP, HttpStub, Says, http_stub


@pytest.fixture
def api() -> BotApiStub:
    return BotApiStub()


@pytest.fixture
def stub(api: BotApiStub) -> Iterator[HttpStub]:
    with http_stub(api) as running:
        yield running


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path)


@pytest.fixture
def telegram(stub: HttpStub, blobs: FolderBlobs) -> Telegram:
    return Telegram("default", account(stub.url), STYLE, blobs)


def message(
    content: str, uploads: tuple[Upload, ...] = (), buttons: tuple[Button, ...] = ()
) -> OutboundMessage:
    return OutboundMessage(
        "r1", ChannelName.TELEGRAM, "default", "111", "", content, "en", uploads=uploads, buttons=buttons
    )


def text_of(markdown: str) -> str:
    return str(call(message(markdown)).fields["text"])


def test_markdown_becomes_the_html_that_telegram_reads() -> None:
    assert text_of("**Paid** & *sent* <today>") == "<b>Paid</b> &amp; <i>sent</i> &lt;today&gt;"
    assert text_of("[the shop](https://a.example/?a=1&b=2)") == (
        '<a href="https://a.example/?a=1&amp;b=2">the shop</a>'
    )
    assert text_of("- one\n- `two`") == "- one\n- <code>two</code>"
    assert text_of("# Hours\n\n> from nine") == "<b>Hours</b>\n\n&gt; from nine"
    assert text_of("[call](tel:+77010000001)") == "call (+77010000001)"


async def test_a_receipt_names_the_message_as_replies_and_reactions_will(
    telegram: Telegram, stub: HttpStub
) -> None:
    receipt = await telegram.send(message("Hello", buttons=(Button("Yes", "yes"), Button("No", "no"))))
    assert receipt.external_id == "111:1"
    [asked] = stub.asked
    assert asked.path == f"/bot{TOKEN}/sendMessage"
    assert asked.json["chat_id"] == "111"
    assert asked.json["reply_markup"]["inline_keyboard"] == [
        [{"text": "Yes", "callback_data": "yes"}, {"text": "No", "callback_data": "no"}]
    ]


async def test_marks_that_telegram_cannot_read_go_out_as_plain_text(
    telegram: Telegram, api: BotApiStub, stub: HttpStub
) -> None:
    api.next_answers.append(refused(400, "Bad Request: can't parse entities: Unsupported start tag"))
    await telegram.send(message("**Paid**"))
    assert [asked.json["text"] for asked in stub.asked] == ["<b>Paid</b>", "**Paid**"]
    assert "parse_mode" not in stub.asked[1].json


async def test_a_picture_goes_out_with_its_caption_and_as_a_document_where_it_is_no_picture(
    telegram: Telegram, api: BotApiStub, stub: HttpStub, blobs: FolderBlobs
) -> None:
    file = Upload("чек.png", "image/png", 4, await blobs.put(b"\x89PNG"))
    [part] = telegram.split(message("**Here**", uploads=(file,), buttons=(Button("Да", "y"),)))
    api.next_answers.append(refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
    await telegram.send(part)
    photo, document = stub.asked
    assert photo.path.endswith("/sendPhoto")
    assert fields(photo) == {
        "chat_id": "111",
        "caption": "<b>Here</b>",
        "parse_mode": "HTML",
        "reply_markup": '{"inline_keyboard":[[{"text":"Да","callback_data":"y"}]]}',
    }
    assert document.path.endswith("/sendDocument")
    assert b"\x89PNG" in document.body
    assert 'filename="чек.png"'.encode() in document.body or b"filename*=" in document.body


async def test_several_files_follow_the_text_one_by_one(telegram: Telegram, blobs: FolderBlobs) -> None:
    keys = [await blobs.put(b"pdf") for _ in range(2)]
    files = tuple(Upload(f"{n}.pdf", "application/pdf", 3, key) for n, key in enumerate(keys))
    parts = telegram.split(message("слово " * 400, uploads=files))
    assert [(bool(part.content), len(part.uploads), part.part) for part in parts] == [
        (True, 0, 0),
        (False, 1, 1),
        (False, 1, 2),
    ]
    assert [(await telegram.send(part)).external_id for part in parts] == ["111:1", "111:2", "111:3"]


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (refused(403, "Forbidden: bot was blocked by the user"), SendRefused, "has blocked the bot"),
        (refused(403, "Forbidden: user is deactivated"), SendRefused, "does not exist any more"),
        (refused(400, "Bad Request: chat not found"), SendRefused, "no such chat"),
        (refused(401, "Unauthorized"), SendRefused, "TELEGRAM_BOT_TOKEN"),
        (refused(413, "Request Entity Too Large"), SendRefused, "Too Large"),
        (Says(500, b"oops"), SendUnknown, "cannot be told"),
        (Says(502, b""), SendUnknown, "cannot be told"),
        (Says(200, {"ok": True, "result": True}), SendUnknown, "cannot be told"),
        (DROP, SendUnknown, "cannot be told"),
    ],
)
async def test_what_an_answer_means(
    telegram: Telegram, api: BotApiStub, answer: Says | str, error: type[Exception], words: str
) -> None:
    api.next_answers.append(answer)
    with pytest.raises(error, match=words):
        await telegram.send(message("Hello"))


async def test_as_long_as_telegram_says_it_waits(telegram: Telegram, api: BotApiStub) -> None:
    api.next_answers.append(refused(429, "Too Many Requests: retry after 35", retry_after=35))
    with pytest.raises(SendDelayed) as delayed:
        await telegram.send(message("Hello"))
    assert delayed.value.retry_after is not None
    assert 35 < delayed.value.retry_after < 36


async def test_who_is_not_reached_at_all_was_not_told(tmp_path: Path) -> None:
    nowhere = Telegram("default", account("http://127.0.0.1:1"), STYLE, FolderBlobs(tmp_path))
    with pytest.raises(SendDelayed, match="cannot be reached"):
        await nowhere.send(message("Hello"))


async def test_a_file_is_fetched_by_its_id(telegram: Telegram, api: BotApiStub) -> None:
    media = RemoteMedia("f1", "image/jpeg")
    assert b"".join([piece async for piece in telegram.fetch(media)]) == FILE
    api.next_answers.append(refused(400, "Bad Request: file is too big"))
    with pytest.raises(FileRefused, match="too big"):
        assert [piece async for piece in telegram.fetch(media)]
    api.next_answers.append(Says(200, {"ok": True, "result": {"file_path": "/etc/passwd"}}))
    with pytest.raises(FileRefused, match="no address"):
        assert [piece async for piece in telegram.fetch(media)]


async def test_the_token_is_in_no_log_and_no_error(
    telegram: Telegram, api: BotApiStub, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    errors = []
    for answer in (refused(401, "Unauthorized"), DROP, Says(500), refused(429, "", retry_after=1), Says()):
        api.next_answers += [answer, answer]
        for attempt in (telegram.send(message("Hello")), telegram._api.ask("getMe")):
            with pytest.raises((SendRefused, SendUnknown, SendDelayed, Unavailable)) as failed:
                await attempt
            errors.append(f"{failed.value!r} {failed.value.__cause__!r}")
    assert len(errors) == 10
    assert TOKEN.partition(":")[2] not in " ".join(errors) + caplog.text
