"""What is said as the Cloud API takes it; pywa writes the same."""

import dataclasses
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pywa import WhatsApp as Pywa
from pywa.types import Button as PywaButton
from pywa.types import Section, SectionList, SectionRow

from frontdesk.channels.inbound import RemoteMedia, Upload
from frontdesk.channels.outbound import Button, OutboundMessage, Template
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.channels.whatsapp import outgoing
from frontdesk.channels.whatsapp.account import WhatsAppAccount
from frontdesk.channels.whatsapp.channel import WhatsApp
from frontdesk.engine.blobs import FolderBlobs
from frontdesk.errors import FileRefused, SendDelayed, SendRefused, SendUnknown, Unavailable
from frontdesk.terms import ChannelName
from tests.emulators.cloud_api import APP_SECRET, FILE, PHONE_ID, CloudApi, graph_error
from tests.emulators.http_stub import HttpStub, Says, http_stub

SAID = OutboundMessage(
    "msg-1", ChannelName.WHATSAPP, "default", "77010000001", "", "It is **here**.", "ru", part=0
)
YES_NO = (Button("Да", "yes"), Button("Нет", "no"))
PDF = Upload("чек.pdf", "application/pdf", 1000, "key")


@pytest.fixture
def api() -> CloudApi:
    return CloudApi()


@pytest.fixture
def stub(api: CloudApi) -> Iterator[HttpStub]:
    with http_stub(api) as running:
        yield running


@asynccontextmanager
async def channel(stub: HttpStub, home: Path) -> AsyncIterator[WhatsApp]:
    given = {"token": " t\n", "phone_number_id": PHONE_ID, "app_secret": APP_SECRET, "verify_token": "v"}
    account = WhatsAppAccount.model_validate({**given, "api_url": stub.url})
    opened = WhatsApp(
        "default", account, REPLY_STYLES[ChannelName.WHATSAPP], FolderBlobs(home), {PHONE_ID: "default"}
    )
    yield opened
    await opened.close()


def pywa_says(**given: Any) -> Any:
    """The request that pywa makes for the same."""
    asked: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return httpx.Response(
            200, json={"messages": [{"id": "wamid.1"}], "contacts": [{"input": "1", "wa_id": "1"}]}
        )

    session = httpx.Client(transport=httpx.MockTransport(answer))
    Pywa(phone_id=PHONE_ID, token="t", session=session).send_message(
        to="77010000001", tracker="msg-1", **given
    )
    return asked[0]


def test_a_text_is_written_as_pywa_writes_it() -> None:
    ours = outgoing.body(SAID)
    theirs = pywa_says(text="It is *here*.", preview_url=False)
    assert ours == {"recipient_type": "individual", **theirs}


def test_buttons_are_written_as_pywa_writes_them() -> None:
    ours = outgoing.body(dataclasses.replace(SAID, content="Done?", buttons=YES_NO))
    theirs = pywa_says(text="Done?", buttons=[PywaButton("Да", "yes"), PywaButton("Нет", "no")])
    assert ours == {"recipient_type": "individual", **theirs}


def test_more_buttons_than_three_are_a_list() -> None:
    topics = tuple(Button(f"T{n}", f"t{n}") for n in range(5))
    ours = outgoing.body(dataclasses.replace(SAID, content="Which?", buttons=topics))
    rows = [SectionRow(title=b.label, callback_data=b.payload) for b in topics]
    theirs = pywa_says(text="Which?", buttons=SectionList("Выбрать", [Section("Выбрать", rows)]))
    assert ours == {"recipient_type": "individual", **theirs}


def test_who_has_no_phone_is_written_to_by_their_id() -> None:
    body = outgoing.body(dataclasses.replace(SAID, address="KZ.1410018717"))
    assert body["recipient"] == "KZ.1410018717"
    assert "to" not in body


def test_a_group_is_written_to_as_a_group_with_what_is_answered() -> None:
    body = outgoing.body(dataclasses.replace(SAID, address="g7", thread="group", reply_to="wamid.9"))
    assert (body["recipient_type"], body["to"], body["context"]) == ("group", "g7", {"message_id": "wamid.9"})


def test_a_template_has_its_language_and_what_fills_its_gaps() -> None:
    template = Template("order_update", "ru", ("54321", "завтра"))
    [part] = outgoing.split(dataclasses.replace(SAID, template=template, buttons=YES_NO))
    body = outgoing.body(part)
    assert body["type"] == "template"
    assert body["template"] == {
        "name": "order_update",
        "language": {"code": "ru"},
        "components": [
            {
                "type": "body",
                "parameters": [{"type": "text", "text": "54321"}, {"type": "text", "text": "завтра"}],
            }
        ],
    }


def test_a_short_text_goes_with_its_file_and_other_files_follow() -> None:
    photo = Upload("a.jpg", "image/jpeg", 10, "k2")
    parts = outgoing.split(dataclasses.replace(SAID, uploads=(PDF, photo)))
    assert [(part.content, part.uploads, part.part) for part in parts] == [
        ("It is **here**.", (PDF,), 0),
        ("", (photo,), 1),
    ]
    first = outgoing.body(parts[0], "9")
    assert first["document"] == {"id": "9", "caption": "It is *here*.", "filename": "чек.pdf"}
    assert outgoing.body(parts[1], "10")["image"] == {"id": "10"}


def test_a_voice_message_cannot_carry_words() -> None:
    voice = Upload("a.ogg", "audio/ogg", 10, "k")
    parts = outgoing.split(dataclasses.replace(SAID, uploads=(voice,)))
    assert [(part.content, bool(part.uploads)) for part in parts] == [("It is **here**.", False), ("", True)]


@given(st.text(min_size=1, max_size=9_000), st.booleans())
def test_no_part_is_too_long_and_the_buttons_stand_under_the_last_text(text: str, buttons: bool) -> None:
    whole = dataclasses.replace(SAID, content=text, buttons=YES_NO if buttons else ())
    parts = outgoing.split(whole)
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [buttons]
    for part in parts:
        body = outgoing.body(part)
        words = body["interactive"]["body"]["text"] if part.buttons else body["text"]["body"]
        assert len(words.encode("utf-16-le", "surrogatepass")) // 2 <= (1024 if part.buttons else 4096)


async def test_what_was_taken_is_known_by_its_id(stub: HttpStub, tmp_path: Path) -> None:
    async with channel(stub, tmp_path) as whatsapp:
        assert (await whatsapp.send(SAID)).external_id == "wamid.1"
    [asked] = stub.asked
    assert asked.path == f"/{PHONE_ID}/messages"
    assert asked.headers["authorization"] == "Bearer t"


async def test_a_file_is_uploaded_and_then_named(stub: HttpStub, tmp_path: Path) -> None:
    key = await FolderBlobs(tmp_path).put(b"%PDF")
    async with channel(stub, tmp_path) as whatsapp:
        part = dataclasses.replace(SAID, content="", uploads=(dataclasses.replace(PDF, blob_key=key),))
        await whatsapp.send(part)
    upload, sent = stub.asked
    assert upload.path == f"/{PHONE_ID}/media"
    assert b"%PDF" in upload.body
    assert sent.json["document"]["id"] == "1"


@pytest.mark.parametrize(
    ("says", "error", "wait"),
    [
        (graph_error(130429, status=429), SendDelayed, 1.0),
        (graph_error(131056), SendDelayed, 6.0),
        (graph_error(80007), SendDelayed, 60.0),
        (graph_error(131000, status=500), SendDelayed, None),
        (graph_error(131016, status=503), SendDelayed, None),
        (graph_error(190, status=401), SendRefused, None),
        (graph_error(10), SendRefused, None),
        (graph_error(131047), SendRefused, None),
        (graph_error(131026), SendRefused, None),
        (graph_error(132001, status=404), SendRefused, None),
        (graph_error(424242), SendRefused, None),
        (Says(429, b"slow down", {"Retry-After": "9"}), SendDelayed, 9.0),
        (Says(503, b"<html>"), SendDelayed, None),
        (Says(502, b"<html>"), SendUnknown, None),
        (Says(400, b"no"), SendRefused, None),
        (Says(200, b"no JSON"), SendUnknown, None),
        (Says(200, {"messages": []}), SendUnknown, None),
    ],
)
async def test_every_failure_has_its_meaning(
    stub: HttpStub, api: CloudApi, tmp_path: Path, says: Says, error: type[Exception], wait: float | None
) -> None:
    api.next_answers.append(says)
    async with channel(stub, tmp_path) as whatsapp:
        with pytest.raises(error) as failed:
            await whatsapp.send(SAID)
    assert getattr(failed.value, "retry_after", None) == wait
    assert "Bearer" not in str(failed.value)


async def test_staff_are_told_what_to_do_about_a_closed_window(
    stub: HttpStub, api: CloudApi, tmp_path: Path
) -> None:
    api.next_answers.append(graph_error(131047))
    async with channel(stub, tmp_path) as whatsapp:
        with pytest.raises(SendRefused, match="only a template may be sent"):
            await whatsapp.send(SAID)


async def test_a_file_that_could_not_be_uploaded_was_not_sent(
    stub: HttpStub, api: CloudApi, tmp_path: Path
) -> None:
    key = await FolderBlobs(tmp_path).put(b"%PDF")
    api.next_answers.append(Says(502, b""))
    async with channel(stub, tmp_path) as whatsapp:
        with pytest.raises(SendDelayed):
            await whatsapp.send(dataclasses.replace(SAID, uploads=(dataclasses.replace(PDF, blob_key=key),)))


async def test_a_customers_file_is_fetched_in_two_steps(stub: HttpStub, tmp_path: Path) -> None:
    async with channel(stub, tmp_path) as whatsapp:
        media = RemoteMedia("55", "application/pdf")
        assert b"".join([piece async for piece in whatsapp.fetch(media)]) == FILE
    assert [asked.headers["authorization"] for asked in stub.asked] == ["Bearer t", "Bearer t"]


@pytest.mark.parametrize(
    ("says", "error"),
    [
        (Says(200, {"url": "https://evil.example/x"}), FileRefused),
        (Says(200, {}), FileRefused),
        (graph_error(100, status=404), FileRefused),
        (Says(503), Unavailable),
    ],
)
async def test_a_file_that_does_not_come_says_why(
    stub: HttpStub, api: CloudApi, tmp_path: Path, says: Says, error: type[Exception]
) -> None:
    api.next_answers.append(says)
    async with channel(stub, tmp_path) as whatsapp:
        with pytest.raises(error):
            _ = [piece async for piece in whatsapp.fetch(RemoteMedia("55", "application/pdf"))]


async def test_a_reference_that_is_none_of_theirs_is_not_asked_for(stub: HttpStub, tmp_path: Path) -> None:
    async with channel(stub, tmp_path) as whatsapp:
        with pytest.raises(FileRefused):
            _ = [piece async for piece in whatsapp.fetch(RemoteMedia("../me/accounts", "x/y"))]
    assert stub.asked == []
