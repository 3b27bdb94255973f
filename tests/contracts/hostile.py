"""Deliveries that nobody should have sent: forged, broken, and genuine ones that somebody changed."""

import dataclasses
import json
from collections.abc import Iterator, Sequence
from typing import Any

from hypothesis import strategies as st

from frontdesk.channels.request import Request

ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["", "0", "-1", "1e999", "\x00", "\ud800", "9" * 40, "2026-01-01"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


def forgeries(genuine: Request, proof: str, signs_body: bool) -> Iterator[tuple[str, Request]]:
    """The request with its proof missing, empty or changed by one character, and with its body changed."""
    given = genuine.header(proof)
    others = {name: value for name, value in genuine.headers.items() if name != proof.lower()}
    middle = len(given) // 2
    changed = {
        "empty": "",
        "a digit flipped": given[:middle] + ("0" if given[middle] != "0" else "1") + given[middle + 1 :],
        "a byte added": given + "0",
        "a byte before it": "0" + given,
        "a byte lost": given[:-1],
        "not ASCII": "ключ" + given,
    }
    yield "missing", dataclasses.replace(genuine, headers=others)
    for what, value in changed.items():
        yield what, dataclasses.replace(genuine, headers=others | {proof: value})
    if signs_body:
        body = genuine.body
        yield "a byte more in the body", dataclasses.replace(genuine, body=body + b" ")
        yield "a byte less in the body", dataclasses.replace(genuine, body=body[:-1])
        flipped = bytes([body[len(body) // 2] ^ 1])
        at = len(body) // 2
        yield "a bit flipped", dataclasses.replace(genuine, body=body[:at] + flipped + body[at + 1 :])


def changed_bodies(samples: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Any JSON, or a genuine body with one value (of one that is no JSON: a few bytes) replaced or left out."""
    return (ANY_JSON | st.sampled_from(samples).flatmap(_changed)).map(_as_bytes)


def _as_bytes(body: Any) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def _changed(sample: bytes) -> st.SearchStrategy[Any]:
    try:
        body = json.loads(sample)
    except ValueError:
        return st.tuples(st.integers(0, len(sample)), st.integers(0, 20), st.binary(max_size=8)).map(
            lambda cut: sample[: cut[0]] + cut[2] + sample[cut[0] + cut[1] :]
        )
    places = list(_places(body))
    value = ANY_JSON | st.just(_LEFT_OUT)
    return st.tuples(st.sampled_from(places), value).map(lambda at: _with(body, *at))


_LEFT_OUT = object()
_Place = tuple[str | int, ...]


def _places(body: Any, at: _Place = ()) -> Iterator[_Place]:
    yield at
    inner = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in inner:
        yield from _places(value, (*at, key))


def _with(body: Any, at: _Place, value: Any) -> Any:
    if not at:
        return None if value is _LEFT_OUT else value
    key, *rest = at
    if isinstance(body, dict):
        if not rest and value is _LEFT_OUT:
            return {name: old for name, old in body.items() if name != key}
        return {name: _with(old, tuple(rest), value) if name == key else old for name, old in body.items()}
    if not rest and value is _LEFT_OUT:
        return [old for n, old in enumerate(body) if n != key]
    return [_with(old, tuple(rest), value) if n == key else old for n, old in enumerate(body)]
