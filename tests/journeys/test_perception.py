"""The files of a message are fetched and read before the AI attends to it, and never for long."""

import asyncio

import pytest

from frontdesk.errors import FileRefused, Unavailable
from frontdesk.perception.perceiver import File
from tests.contracts.toy_channel import Wire, event
from tests.journeys.conftest import OpenDesk
from tests.journeys.scripted import ScriptedAnswerer
from tests.journeys.talk import later, look, quiet, rows, until
from tests.journeys.toy_desk import ask, call, settings, wire

__all__ = ["settings", "wire"]

PHOTO = {"reference": "photo", "content_type": "image/png", "filename": "broken.png", "size": 5}
SLIP = {"reference": "slip", "content_type": "image/jpeg", "filename": "slip.jpg"}


class Eyes:
    """Reads a picture as the text that its bytes are; does first what it was told."""

    content_types = ("image/*",)

    def __init__(self, *behaviour: Exception | asyncio.Event) -> None:
        self.behaviour = list(behaviour)
        self.read_files: list[str] = []

    async def read(self, file: File) -> str:
        match self.behaviour.pop(0) if self.behaviour else None:
            case Exception() as error:
                raise error
            case asyncio.Event() as never:
                await never.wait()
        self.read_files.append(file.filename)
        return file.data.decode()


async def files_of(desk: object) -> list[dict[str, object]]:
    return await rows(desk, "select filename, size, text, failure from attachment order by filename")  # type: ignore[arg-type]


async def test_what_stands_in_a_picture_is_answered(desk_on: OpenDesk, wire: Wire) -> None:
    wire.files |= {"photo": b"order 54321", "slip": b"5 August"}
    eyes, answerer = Eyes(), ScriptedAnswerer()
    async with desk_on(answerer=answerer, perceivers=[eyes]) as desk:
        await ask(desk, text="Where is it?", media=[PHOTO, SLIP])
        [case] = answerer.cases
        assert case.text == "Where is it?\n[broken.png]\norder 54321\n[slip.jpg]\n5 August"
        assert [
            (file.filename, file.content_type, file.size, file.text) for file in case.pending[0].attachments
        ] == [
            ("broken.png", "image/png", 11, "order 54321"),
            ("slip.jpg", "image/jpeg", 8, "5 August"),
        ]
        [reading] = await rows(desk, "select reading->>'summary' as summary from message where seq = 1")
        assert "order 54321" in reading["summary"]
        [key] = await rows(desk, "select blob_key from attachment where filename = 'slip.jpg'")
        assert await desk.blobs.get(key["blob_key"]) == b"5 August"


async def test_a_file_that_nobody_reads_is_kept_and_the_answer_goes_on(desk_on: OpenDesk, wire: Wire) -> None:
    wire.files |= {"photo": b"photo"}
    async with desk_on() as desk:
        await ask(desk, text="Where is it?", media=[PHOTO])
        assert [m.content for m in (await look(desk)).by_ai] == ["RE: WHERE IS IT?"]
        assert await files_of(desk) == [{"filename": "broken.png", "size": 5, "text": None, "failure": None}]


@pytest.mark.parametrize(
    ("files", "media", "behaviour", "failure"),
    [
        ({}, PHOTO, [], "the file is gone"),
        ({"photo": b"photo"}, PHOTO, [FileRefused("no picture")], "no picture"),
        ({"photo": b"x" * (2**20 + 1)}, {**PHOTO, "size": None}, [], "it is larger than 1 MB"),
        ({"photo": b"photo"}, {**PHOTO, "size": 2**20 + 1}, [], "it is larger than 1 MB"),
    ],
)
async def test_a_file_that_cannot_be_had_or_read_says_why_and_stops_nothing(
    desk_on: OpenDesk,
    wire: Wire,
    files: dict[str, bytes],
    media: dict[str, object],
    behaviour: list[Exception],
    failure: str,
) -> None:
    wire.files |= files
    async with desk_on(perceivers=[Eyes(*behaviour)], attachment_megabytes=1) as desk:
        await ask(desk, text="Where is it?", media=[media])
        assert [m.content for m in (await look(desk)).by_ai] == ["RE: WHERE IS IT?"]
        [file] = await files_of(desk)
        assert (file["text"], file["failure"]) == (None, failure)


async def test_what_may_be_read_later_is_tried_again_and_the_other_files_are_read_once(
    desk_on: OpenDesk, wire: Wire
) -> None:
    wire.files |= {"photo": b"order 54321", "slip": b"5 August"}
    eyes, answerer = (
        Eyes(
            Unavailable("busy"),
        ),
        ScriptedAnswerer(),
    )
    async with desk_on(answerer=answerer, perceivers=[eyes]) as desk:
        await ask(desk, text="Where is it?", media=[PHOTO, SLIP])
        assert sorted(eyes.read_files) == ["broken.png", "slip.jpg"]
        assert "order 54321" in answerer.cases[-1].text


async def test_an_answer_does_not_wait_for_ever(desk_on: OpenDesk, wire: Wire) -> None:
    wire.files |= {"photo": b"order 54321"}
    read = asyncio.Event()
    async with desk_on(perceivers=[Eyes(read)], perception_wait=0.5) as desk:
        await call(desk, event("message", "m1", content="Where is it?", media=[PHOTO]))
        seen = await until(desk, lambda seen: bool(seen.by_ai))
        assert seen.by_ai[0].content == "RE: WHERE IS IT?"
        read.set()
        await quiet(desk)
        assert [file["text"] for file in await files_of(desk)] == ["order 54321"]
        assert len((await look(desk)).by_ai) == 1


async def test_a_file_that_fails_for_ever_is_given_up_and_the_answer_goes_on(
    desk_on: OpenDesk, wire: Wire
) -> None:
    wire.files |= {"photo": b"order 54321"}
    eyes = Eyes(*(RuntimeError("a fault") for _ in range(50)))
    async with desk_on(perceivers=[eyes]) as desk:
        await call(desk, event("message", "m1", content="Where is it?", media=[PHOTO]))
        await until(desk, lambda _: len(eyes.behaviour) < 50)
        await later(desk, "update lane set attempts = 7 where kind = 'perceive'")
        await until(desk, lambda seen: bool(seen.by_ai))
        await quiet(desk)
        [file] = await files_of(desk)
        assert "RuntimeError" in str(file["failure"]) or "failed too often" in str(file["failure"])
        assert await desk.lanes.parked() == []
