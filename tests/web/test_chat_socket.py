"""The visitor's socket, as the contracts describe it, against the served desk."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

import httpx2
import pytest
from bench.place import free_port
from websockets.exceptions import InvalidStatus

from frontdesk.desk import open_desk
from frontdesk.settings import Settings
from frontdesk.tickets.case import Case
from frontdesk.web import wire
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader
from tests.web.talking import Visitor, Window, served, visit

QUESTION = "How long does delivery take?"
ANSWER = f"RE: {QUESTION.upper()}"


class Serve(Protocol):
    """Opens a desk on its own port."""

    def __call__(
        self, answerer: ScriptedAnswerer | None = None
    ) -> AbstractAsyncContextManager[httpx2.AsyncClient]: ...


@pytest.fixture
def serve(settings: Settings) -> Serve:
    on_a_port = settings.model_copy(update={"port": free_port()})

    @asynccontextmanager
    async def running(answerer: ScriptedAnswerer | None = None) -> AsyncIterator[httpx2.AsyncClient]:
        answers = answerer or ScriptedAnswerer()
        async with (
            open_desk(on_a_port, answerer=answers, reader=ScriptedReader()) as desk,
            served(desk) as client,
        ):
            yield client

    return running


@pytest.fixture
async def client(serve: Serve) -> AsyncIterator[httpx2.AsyncClient]:
    async with serve() as client:
        yield client


@pytest.fixture
async def visitor(client: httpx2.AsyncClient) -> Visitor:
    return await visit(client)


async def assert_refused(visitor: Visitor, first: str | None = None, **options: Any) -> None:
    async with visitor.window(**options) as window:
        if first is not None:
            await window.wire.send(first)
        error = await window.first("error")
        assert (error["code"], error["retryable"]) == ("unauthorized", False)
        assert await window.gone() == 4001


async def test_the_token_beside_the_protocol_opens_the_conversation(visitor: Visitor) -> None:
    async with visitor.window() as window:
        assert window.wire.subprotocol == "frontdesk"
        await window.settled()


async def test_the_token_in_the_first_frame_opens_the_conversation(visitor: Visitor) -> None:
    async with visitor.window(subprotocols=None) as window:
        await window.send("auth", token=visitor.token)
        await window.say(QUESTION, "m1")
        await window.first("complete")


@pytest.mark.parametrize("first", ['{"type":"auth"}', '{"type":"auth","token":7}', "no JSON", "[]"])
async def test_a_first_frame_without_a_good_token_is_refused_by_name(visitor: Visitor, first: str) -> None:
    await assert_refused(visitor, first, subprotocols=None)


async def test_wrong_tokens_and_unknown_sessions_are_refused_by_name(visitor: Visitor) -> None:
    await assert_refused(visitor, subprotocols=["frontdesk", "wrong"])
    for name in ("unknown", "%00", ""):
        await assert_refused(Visitor(visitor.address, name, visitor.token))


async def test_pages_of_other_sites_get_no_socket(visitor: Visitor) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with visitor.window(origin="https://evil.example"):
            pass
    assert refused.value.response.status_code == 403


async def test_a_question_is_acknowledged_streamed_sourced_and_completed(visitor: Visitor) -> None:
    async with visitor.window() as window:
        await window.say(QUESTION, "m1")
        complete = (await window.first("complete"))["message"]
        assert window.of("ack") == [{"type": "ack", "client_msg_id": "m1", "seq": 1}]
        assert (complete["content"], complete["sender_type"], complete["seq"]) == (ANSWER, "ai", 2)
        assert window.streamed(complete["message_id"]) == ANSWER
        [sources] = window.of("sources", message_id=complete["message_id"])
        assert sources["sources"][0]["doc_id"] == "delivery"
        kinds = [
            frame["type"]
            for frame in window.frames
            if frame["type"] in ("ack", "text", "sources", "complete")
        ]
        assert kinds == ["ack", "text", "text", "sources", "complete"]
        assert set(complete) & {"ai", "reading"} == set()


async def test_a_silent_window_outlives_the_time_that_a_request_has_for_its_head(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "HEAD_SECONDS", 0.2)
    async with visitor.window() as window:
        await window.settled()
        await asyncio.sleep(1.0)
        await window.settled()


async def test_every_stream_of_a_fast_conversation_is_whole(client: httpx2.AsyncClient) -> None:
    """A first message's stream may begin before the window has heard of its ticket."""
    for n in range(8):
        async with (await visit(client)).window() as window:
            await window.say(QUESTION, f"m{n}")
            complete = (await window.first("complete"))["message"]
            assert window.streamed(complete["message_id"]) == complete["content"]


async def test_a_resumed_window_is_shown_everything_it_missed_exactly_once(visitor: Visitor) -> None:
    async with visitor.window() as window:
        for n in range(1, 4):
            await window.say(f"What about part {n}?", f"m{n}")
            await window.first("complete", n)
    for last_seq in (0, 3, 5):
        async with visitor.window() as window:
            await window.send("resume", last_seq=last_seq)
            await window.first("message", 6 - last_seq)
            await window.settled()
            seen = [frame["message"]["seq"] for frame in window.of("message")]
            assert seen == list(range(last_seq + 1, 7))
            assert window.of("text") == window.of("complete") == []


async def test_a_message_that_was_sent_just_before_the_line_broke_is_answered_in_the_next_window(
    visitor: Visitor,
) -> None:
    async with visitor.window() as window:
        await window.say(QUESTION, "m1")
        await window.settled()
    async with visitor.window() as window:
        await window.send("resume", last_seq=0)
        await window.until(lambda w: ANSWER in w.shown())
        await window.say(QUESTION, "m1")
        await window.first("ack", client_msg_id="m1", seq=1)
        assert sorted(window.shown()) == [QUESTION, ANSWER] if QUESTION in window.shown() else [ANSWER]


async def test_the_same_message_five_times_at_once_is_one_message_one_answer_and_five_acks(
    serve: Serve,
) -> None:
    async with serve() as client:
        visitor = await visit(client)
        windows = [visitor.window() for _ in range(5)]
        async with windows[0] as a, windows[1] as b, windows[2] as c, windows[3] as d, windows[4] as e:
            opened = [a, b, c, d, e]
            await asyncio.gather(*(window.say(QUESTION, "m1") for window in opened))
            for window in opened:
                await window.first("ack", client_msg_id="m1", seq=1)
                await window.first("complete")
        history = await client.get(
            f"/api/v1/chat/sessions/{visitor.session_id}/messages",
            headers={"Authorization": f"Bearer {visitor.token}"},
        )
        assert [m["content"] for m in history.json()["messages"]] == [QUESTION, ANSWER]


async def test_two_tabs_of_one_visitor_show_the_same_conversation(visitor: Visitor) -> None:
    async with visitor.window() as writes, visitor.window() as looks:
        await looks.settled()
        await writes.say(QUESTION, "m1")
        for tab in (writes, looks):
            complete = (await tab.first("complete"))["message"]
            assert tab.streamed(complete["message_id"]) == ANSWER
        assert looks.shown() == [QUESTION, ANSWER]
        assert writes.shown() == [ANSWER]
        assert looks.of("ack") == []


async def test_what_a_manager_says_arrives_as_a_message(client: httpx2.AsyncClient, visitor: Visitor) -> None:
    async with visitor.window() as window:
        await window.say(QUESTION, "m1")
        ticket_id = (await window.first("complete"))["message"]["ticket_id"]
        noted = await client.post(
            f"/api/v1/tickets/{ticket_id}/messages", json={"content": "psst", "kind": "note"}
        )
        assert noted.status_code < 300, noted.text
        await client.post(f"/api/v1/tickets/{ticket_id}/messages", json={"content": "Dana here."})
        message = (await window.first("message"))["message"]
        assert (message["content"], message["sender_type"]) == ("Dana here.", "manager")
        await window.first("status", escalated=True)
        assert "psst" not in json.dumps(window.frames)


async def test_a_handover_is_told_and_shown_as_status(visitor: Visitor) -> None:
    async with visitor.window() as window:
        await window.say("HUMAN please, where is my order?", "m1")
        status = await window.first("status", escalated=True)
        assert status["status"] == "escalated"
        assert status["ticket_number"].startswith("T-")
        assert status["next"] == "person"
        assert [key for key, value in status["person"].items() if value] in (["minutes"], ["opens_at"])
        complete = (await window.first("complete"))["message"]
        assert complete["sources"] == []


async def test_the_assistant_can_be_asked_while_a_person_has_the_ticket(
    client: httpx2.AsyncClient, visitor: Visitor
) -> None:
    async with visitor.window() as window:
        await window.say("HUMAN please", "m1")
        await window.first("status", escalated=True)
        await window.send("message", client_msg_id="m2", content=QUESTION, to="assistant")
        complete = await window.first("complete", 2)
        assert complete["message"]["content"] == ANSWER
        assert window.of("status")[-1]["next"] == "person"
        await window.send("message", client_msg_id="m3", content=QUESTION, to="somebody")
        assert (await window.first("error"))["code"] == "bad_request"
    answered = await client.post(
        f"/api/v1/chat/sessions/{visitor.session_id}/messages",
        headers={"Authorization": f"Bearer {visitor.token}"},
        data={"content": QUESTION, "client_msg_id": "m4", "to": "assistant"},
    )
    assert [message["content"] for message in answered.json()["messages"]] == [ANSWER]
    assert answered.json()["status"]["status"] == "escalated"


async def test_the_status_says_who_owes_the_next_move(client: httpx2.AsyncClient, visitor: Visitor) -> None:
    async with visitor.window() as window:
        await window.say(QUESTION, "m1")
        answered = await window.first("status", next="customer", status="waiting")
        assert answered["person"] is None
        path = f"/api/v1/tickets/{answered['ticket_id']}"
        await client.post(f"{path}/messages", json={"content": "Dana here."})
        await window.first("status", next="customer", status="escalated")
        await window.say("And the price?", "m2")
        await window.first("status", next="person", status="escalated")
        await client.patch(path, json={"status": "resolved"})
        await window.first("status", next="nobody", status="resolved")
        assert window.of("status")[0]["next"] == "ai"


async def test_a_takeover_in_the_middle_of_a_stream_takes_the_words_back(serve: Serve) -> None:
    begun, taken = asyncio.Event(), asyncio.Event()

    async def wait_for_takeover(case: Case) -> None:
        begun.set()
        await taken.wait()

    async with serve(ScriptedAnswerer(wait_for_takeover)) as client, (await visit(client)).window() as window:
        await window.say(QUESTION, "m1")
        await begun.wait()
        streamed = await window.first("text")
        ticket_id = (await window.first("status"))["ticket_id"]
        await client.post(f"/api/v1/tickets/{ticket_id}/messages", json={"content": "I will help you."})
        taken.set()
        await window.first("retract", message_id=streamed["message_id"])
        await window.first("message")
        await window.settled()
        assert window.shown() == ["I will help you."]


BAD: dict[str, tuple[str | bytes, str]] = {
    "broken JSON": ('{"type":', "bad_request"),
    "no object": ("[1, 2]", "bad_request"),
    "an unknown type": ('{"type":"dance"}', "bad_request"),
    "no type": ("{}", "bad_request"),
    "a type that is no text": ('{"type":{"a":[]}}', "bad_request"),
    "no id": ('{"type":"message","content":"hi"}', "bad_request"),
    "a long id": (
        json.dumps({"type": "message", "content": "hi", "client_msg_id": "x" * 201}),
        "bad_request",
    ),
    "an id that cannot be kept": (
        '{"type":"message","content":"hi","client_msg_id":"a\\u0000"}',
        "bad_request",
    ),
    "content that is no text": ('{"type":"message","client_msg_id":"m","content":["a"]}', "bad_request"),
    "a megabyte": (
        json.dumps({"type": "message", "client_msg_id": "m", "content": "x" * 1_000_000}),
        "payload_too_large",
    ),
    "over 100,000 characters": (
        json.dumps({"type": "message", "client_msg_id": "m", "content": "x" * 100_001}),
        "payload_too_large",
    ),
    "nothing said": ('{"type":"message","client_msg_id":"m","content":" \\n "}', "validation_error"),
    "only a NUL": ('{"type":"message","client_msg_id":"m","content":"\\u0000"}', "validation_error"),
    "half a character": ('{"type":"message","client_msg_id":"m","content":"\\ud800"}', "bad_request"),
    "a strange resume": ('{"type":"resume","last_seq":"x"}', "bad_request"),
    "bytes": (b"\x00\x01", "bad_request"),
}


async def test_bad_frames_get_the_contracts_error_and_the_socket_lives_on(visitor: Visitor) -> None:
    async with visitor.window() as window:
        for n, (what, (frame, code)) in enumerate(BAD.items(), 1):
            await window.wire.send(frame)
            error = await window.first("error", n)
            assert error["code"] == code, what
            assert error["message"], what
            assert error["retryable"] is False
        await window.say("Where is \x00my order?", "good")
        complete = (await window.first("complete"))["message"]
        assert complete["content"] == "RE: WHERE IS MY ORDER?"
        assert [ack["client_msg_id"] for ack in window.of("ack")] == ["good"]


async def test_the_longest_text_that_is_allowed_passes_however_it_is_escaped(visitor: Visitor) -> None:
    async with visitor.window() as window:
        await window.say("😀" * 99_990 + " what is?", "m1")
        await window.first("complete")


async def test_a_resume_that_fits_no_ticket_shows_the_newest_one(visitor: Visitor) -> None:
    async with visitor.window() as window:
        await window.say(QUESTION, "m1")
        await window.first("complete")
    for where in ({"last_seq": -5}, {"last_seq": 10**12}, {"last_seq": 1, "ticket_id": "another"}):
        async with visitor.window() as window:
            await window.send("resume", **where)
            await window.first("status")
            assert window.shown() == [QUESTION, ANSWER]


async def test_without_a_socket_the_whole_answer_comes_at_once_and_files_are_kept(serve: Serve) -> None:
    async with serve() as client:
        visitor = await visit(client)
        answered = await client.post(
            f"/api/v1/chat/sessions/{visitor.session_id}/messages",
            headers={"Authorization": f"Bearer {visitor.token}"},
            data={"content": QUESTION, "client_msg_id": "m1"},
            files=[
                ("files", ("чек.pdf", b"%PDF-1.4", "application/pdf")),
                ("files", ("a.txt", b"", "text/plain")),
            ],
        )
        assert answered.status_code == 200, answered.text
        [reply] = answered.json()["messages"]
        assert reply["content"] == ANSWER
        async with visitor.window() as window:
            await window.send("resume", last_seq=0)
            message = (await window.first("message"))["message"]
            assert [f["filename"] for f in message["attachments"]] == ["a.txt", "чек.pdf"]
        staff = await client.get(f"/api/v1/tickets/{message['ticket_id']}/messages")
        [pdf] = [f for f in staff.json()["messages"][0]["attachments"] if f["filename"] == "чек.pdf"]
        assert (await client.get(pdf["url"])).content == b"%PDF-1.4"


@pytest.mark.parametrize(
    ("content", "status"), [("", 422), ("\x00", 422), ("x" * 100_001, 413), ("x" * 1_000_001, 413)]
)
async def test_bad_texts_without_a_socket_get_the_same_errors(
    client: httpx2.AsyncClient, visitor: Visitor, content: str, status: int
) -> None:
    answered = await client.post(
        f"/api/v1/chat/sessions/{visitor.session_id}/messages",
        headers={"Authorization": f"Bearer {visitor.token}"},
        files={"content": (None, content)},
    )
    assert answered.status_code == status, answered.text


async def test_a_window_that_resumes_while_much_happens_misses_and_repeats_nothing(visitor: Visitor) -> None:
    """Resumes and news come together; whatever their order, each message is shown once."""
    async with visitor.window() as writes:
        for n in range(1, 6):
            await writes.say(f"What about part {n}?", f"m{n}")
            async with visitor.window() as late:
                await late.send("resume", last_seq=0)
                await writes.first("complete", n)
                await _shows(late, 2 * n)
                await late.settled()
                assert len(late.shown()) == len(set(late.shown())) == 2 * n


async def test_news_that_are_quicker_than_a_windows_first_word_wait_for_it(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frontdesk.web.chat.talk.FIRST_WORD_SECONDS", 60.0)
    async with visitor.window() as writes, visitor.window() as late:
        await writes.say(QUESTION, "m1")
        await writes.first("complete")
        assert late.shown() == []
        await late.send("resume", last_seq=1)
        await late.first("status")
        assert late.shown() == [ANSWER]


async def test_a_window_that_says_nothing_is_shown_everything_all_the_same(visitor: Visitor) -> None:
    async with visitor.window() as writes, visitor.window() as silent:
        await writes.say(QUESTION, "m1")
        await _shows(silent, 2)
        assert silent.shown() == [QUESTION, ANSWER]


async def _shows(window: Window, messages: int) -> None:
    await window.until(lambda w: len(w.shown()) >= messages)


def test_the_windows_of_the_tests_see_gaps() -> None:
    window = Window(wire=None)  # type: ignore[arg-type]  # nothing is sent
    window.frames.append({"type": "text", "message_id": "a", "n": 1, "content": "x"})
    with pytest.raises(AssertionError):
        window.streamed("a")
