"""Replies of a worker are checked: a hostile file may have written them."""

import json
import struct
from dataclasses import asdict
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.knowledge.extract.extracted import Extracted
from frontdesk.knowledge.extract.wire import (
    LONGEST_FRAME,
    Reply,
    Request,
    read_frame,
    read_request,
    reply_frame,
    reply_of,
    request_frames,
)

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_EXTRACTED = st.builds(
    Extracted,
    _TEXT,
    _TEXT,
    st.none() | _TEXT,
    st.none() | _TEXT,
    st.lists(_TEXT).map(tuple),
    st.lists(_TEXT).map(tuple),
)
_REPLIES = st.builds(Reply, st.just("read"), _EXTRACTED, worn=st.booleans()) | st.builds(
    Reply,
    st.sampled_from(["refused", "too_much_memory", "fault"]),
    code=st.sampled_from(["validation_error", "payload_too_large", "unsupported_media_type"]),
    message=_TEXT,
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_REPLIES)
def test_a_reply_arrives_as_it_was(reply: Reply) -> None:
    payload = read_frame(BytesIO(reply_frame(reply)))
    assert payload is not None
    assert reply_of(payload) == reply


@given(st.text(), st.floats(0.1, 600), st.binary())
def test_a_request_arrives_as_it_was(name: str, seconds: float, data: bytes) -> None:
    request = Request(name, seconds)
    stream = BytesIO(b"".join(request_frames(request, data)))
    assert read_request(stream) == (request, data)
    assert read_request(stream) is None


@given(_REPLIES, st.data())
def test_another_value_in_a_field_is_no_reply(reply: Reply, data: st.DataObject) -> None:
    fields = json.loads(json.dumps(asdict(reply)))
    inner = fields["extracted"] if reply.extracted and data.draw(st.booleans()) else fields
    inner[data.draw(st.sampled_from(sorted(inner)))] = data.draw(_JSON)
    try:
        got = reply_of(json.dumps(fields).encode())
    except ValueError:
        return
    assert asdict(reply_of(read_frame(BytesIO(reply_frame(got))) or b"")) == asdict(got)


@pytest.mark.parametrize(
    "payload", [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 1_000_000, b'{"outcome": "read"}']
)
def test_anything_else_is_no_reply(payload: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # json's and ours
        reply_of(payload)


def test_a_frame_longer_than_any_reply_is_not_read() -> None:
    with pytest.raises(ValueError, match="too long"):
        read_frame(BytesIO(struct.pack(">I", LONGEST_FRAME + 1)))
    assert read_frame(BytesIO(struct.pack(">I", 5) + b"abc")) is None
