"""What is said as Instagram takes it, and what its answers mean."""

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.channels.inbound import RemoteMedia
from frontdesk.channels.instagram import outgoing
from frontdesk.channels.instagram.account import InstagramAccount
from frontdesk.channels.instagram.channel import Instagram
from frontdesk.channels.outbound import Button, OutboundMessage
from frontdesk.channels.split import utf8_bytes
from frontdesk.channels.style import REPLY_STYLES
from frontdesk.errors import FileRefused, SendDelayed, SendRefused, SendUnknown
from frontdesk.terms import ChannelName, SenderType
from tests.emulators.cloud_api import graph_error
from tests.emulators.http_stub import HttpStub, Says, http_stub
from tests.emulators.instagram_api import ACCOUNT_ID, ANN, APP_SECRET, CLOSED, InstagramApi

SAID = OutboundMessage("msg-1", ChannelName.INSTAGRAM, "default", ANN, "", "It is **here**.", "ru")
COMMENTED = dataclasses.replace(SAID, thread="comment:c1", reply_to="c2")
LONG = "Она едет к вам. " * 25


@pytest.fixture
def api() -> InstagramApi:
    return InstagramApi()


@pytest.fixture
def stub(api: InstagramApi) -> Iterator[HttpStub]:
    with http_stub(api) as running:
        yield running


@pytest.fixture
def instagram(stub: HttpStub) -> Instagram:
    given = {"token": "t", "account_id": ACCOUNT_ID, "app_secret": f"old, {APP_SECRET}", "verify_token": "v"}
    account = InstagramAccount.model_validate({**given, "api_url": stub.url})
    return Instagram("default", account, REPLY_STYLES[ChannelName.INSTAGRAM], {ACCOUNT_ID: "default"})


async def test_a_direct_message_is_plain(instagram: Instagram, stub: HttpStub) -> None:
    assert (await instagram.send(SAID)).external_id == "mid.1"
    [asked] = stub.asked
    assert asked.path == f"/{ACCOUNT_ID}/messages"
    assert asked.json == {"recipient": {"id": ANN}, "message": {"text": "It is here."}}


async def test_buttons_are_quick_replies(instagram: Instagram, stub: HttpStub) -> None:
    await instagram.send(dataclasses.replace(SAID, buttons=(Button("Да", "yes"),)))
    assert stub.asked[0].json["message"]["quick_replies"] == [
        {"content_type": "text", "title": "Да", "payload": "yes"}
    ]


async def test_a_short_answer_stands_under_the_comment(instagram: Instagram, stub: HttpStub) -> None:
    [part] = instagram.split(COMMENTED)
    await instagram.send(part)
    assert (stub.asked[0].path, stub.asked[0].json) == ("/c1/replies", {"message": "It is here."})


async def test_a_long_answer_goes_to_the_person_with_a_word_under_the_comment(
    instagram: Instagram, stub: HttpStub
) -> None:
    parts = instagram.split(dataclasses.replace(COMMENTED, content=LONG))
    for part in parts:
        await instagram.send(part)
    private, public = stub.asked
    assert private.json["recipient"] == {"comment_id": "c2"}
    assert (public.path, public.json) == ("/c1/replies", {"message": "Ответили вам в личные сообщения."})


def test_an_answer_too_long_for_one_private_message_stands_under_the_comment_whole() -> None:
    parts = outgoing.split(dataclasses.replace(COMMENTED, content=LONG * 10))
    assert {part.thread for part in parts} == {"comment:c1"}
    assert "".join("".join(part.content for part in parts).split()) == "".join((LONG * 10).split())


@given(st.text(min_size=1, max_size=4_000))
def test_no_direct_message_has_more_bytes_than_it_may(text: str) -> None:
    for part in outgoing.split(dataclasses.replace(SAID, content=text)):
        words = outgoing.call(part, ACCOUNT_ID, as_person=False).body["message"]["text"]
        assert utf8_bytes(words) <= 1000


async def test_a_person_may_write_for_seven_days_under_the_tag_for_people(
    instagram: Instagram, stub: HttpStub, api: InstagramApi
) -> None:
    api.next_answers.append(CLOSED)
    await instagram.send(dataclasses.replace(SAID, sender_type=SenderType.MANAGER))
    first, second = (asked.json for asked in stub.asked)
    assert "tag" not in first
    assert (second["messaging_type"], second["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


async def test_the_ai_never_takes_the_tag_for_people(
    instagram: Instagram, stub: HttpStub, api: InstagramApi
) -> None:
    api.next_answers.append(CLOSED)
    with pytest.raises(SendRefused, match="is over"):
        await instagram.send(SAID)
    assert len(stub.asked) == 1


@pytest.mark.parametrize(
    ("says", "error"),
    [
        (graph_error(613), SendDelayed),
        (graph_error(80002), SendDelayed),
        (graph_error(190, status=401), SendRefused),
        (graph_error(100), SendRefused),
        (graph_error(551), SendRefused),
        (Says(500), SendUnknown),
        (Says(200, {}), SendUnknown),
    ],
)
async def test_every_failure_has_its_meaning(
    instagram: Instagram, api: InstagramApi, says: Says, error: type[Exception]
) -> None:
    api.next_answers.append(says)
    with pytest.raises(error):
        await instagram.send(SAID)


async def test_files_come_from_instagrams_servers_alone(instagram: Instagram, stub: HttpStub) -> None:
    for url in ("https://evil.example/x", f"http://localhost{stub.url[16:]}/x"):
        with pytest.raises(FileRefused):
            _ = [piece async for piece in instagram.fetch(RemoteMedia(url, "image/jpeg"))]
    assert stub.asked == []
