"""The protocol between the desk and its worker: frames of a length and as many bytes.

The worker first sends an empty frame: it is ready. The desk sends each file as two frames (a `Request`, the
content), and gets one (a `Reply`) back. The desk validates replies: a hostile file may have made them.
"""

import json
import struct
from dataclasses import asdict, dataclass
from typing import IO, Literal, get_args

from frontdesk.knowledge.extract.extracted import LARGEST_TEXT, Extracted

_LENGTH = struct.Struct(">I")
LONGEST_FRAME = 4 * LARGEST_TEXT + 2 * 1024 * 1024
"""Bytes: the longest text in four-byte letters, and the fields beside it."""

Refusal = Literal["validation_error", "payload_too_large", "unsupported_media_type"]
Outcome = Literal["read", "refused", "too_much_memory", "fault"]


@dataclass(frozen=True, slots=True)
class Request:
    name: str
    seconds: float
    """The limit for this file, of wall time and of processor time."""


@dataclass(frozen=True, slots=True)
class Reply:
    outcome: Outcome
    extracted: Extracted | None = None
    """Where the outcome is `read`."""
    code: Refusal = "validation_error"
    message: str = ""
    """For a person; with `fault`, the name of the error, for the log."""
    worn: bool = False
    """The worker should be replaced: it holds too much memory."""


def frame(payload: bytes) -> bytes:
    return _LENGTH.pack(len(payload)) + payload


def request_frames(request: Request, data: bytes) -> tuple[bytes, bytes]:
    """ASCII, because file names may contain lone surrogates."""
    return frame(json.dumps(asdict(request)).encode("ascii")), frame(data)


def read_request(stream: IO[bytes]) -> tuple[Request, bytes] | None:
    """The next file; None after the desk has closed its end. Blocks."""
    head = read_frame(stream)
    data = None if head is None else read_frame(stream)
    return None if head is None or data is None else (Request(**json.loads(head)), data)


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame; None at the end of the stream. Blocks. Raises `ValueError` for one that is too long."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    [length] = _LENGTH.unpack(head)
    if length > LONGEST_FRAME:
        raise ValueError("a frame that is too long")
    payload = stream.read(length)
    return payload if len(payload) == length else None


def reply_frame(reply: Reply) -> bytes:
    return frame(json.dumps(asdict(reply), ensure_ascii=False).encode("utf-8", "replace"))


def reply_of(payload: bytes) -> Reply:
    """Raises `ValueError` for anything but what `reply_frame` makes."""
    try:
        fields = json.loads(payload)
    except RecursionError as error:
        raise ValueError("no reply") from error
    if not isinstance(fields, dict) or fields.keys() != Reply.__dataclass_fields__.keys():
        raise ValueError("no reply")
    right = (
        fields["outcome"] in get_args(Outcome)
        and fields["code"] in get_args(Refusal)
        and isinstance(fields["message"], str)
        and isinstance(fields["worn"], bool)
        and (fields["outcome"] == "read") == (fields["extracted"] is not None)
    )
    if not right:
        raise ValueError("no reply")
    extracted = None if fields["extracted"] is None else _extracted_of(fields["extracted"])
    return Reply(fields["outcome"], extracted, fields["code"], fields["message"], fields["worn"])


def _extracted_of(fields: object) -> Extracted:
    if not isinstance(fields, dict) or fields.keys() != Extracted.__dataclass_fields__.keys():
        raise ValueError("no extracted file")
    texts, options = (fields["title"], fields["text"]), (fields["language"], fields["category"])
    days = (fields["review_on"], fields["expires_on"])
    lists = (fields["questions"], fields["warnings"])
    right = (
        all(isinstance(text, str) for text in texts)
        and all(text is None or isinstance(text, str) for text in (*options, *days))
        and all(isinstance(items, list) and all(isinstance(x, str) for x in items) for items in lists)
    )
    if not right or len(fields["text"]) > LARGEST_TEXT:
        raise ValueError("no extracted file")
    questions, warnings = (tuple(items) for items in lists)
    return Extracted(*texts, *options, questions, warnings, *days)
