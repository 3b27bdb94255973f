"""Whatever comes, the answer is the contract's: a clear error, never a 500, nothing lost.

Many values share one test: a desk for each would cost a second apiece.
"""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from tests.web.conftest import API, Submit

GOOD = {"subject": "S", "body": "Where is it?", "channel": "web_form"}
JSON = {"Content-Type": "application/json"}


def _told(answer: httpx2.Response, status: int, code: str) -> None:
    assert answer.status_code == status, f"{answer.request.url}: {answer.text}"
    error = answer.json()["error"]
    assert error["code"] == code
    assert error["message"]
    assert error["request_id"] == answer.headers["x-request-id"]
    assert set(error) == {"code", "message", "details", "request_id"}


WRONG: list[dict[str, Any]] = [
    {"body": ""},
    {"body": " \n\t "},
    {"body": "\x00\x01"},
    {"body": None},
    {"body": 5},
    {"body": ["a"]},
    {"channel": "fax"},
    {"channel": None},
    {"priority": "soon"},
    {"customer": "Dana"},
    {"customer": {"email": "not an address"}},
    {"customer": {"email": "a@b.example\r\nBcc: c@d.example"}},
    {"customer": {"phone": "call me"}},
    {"customer_id": ""},
    {"customer_id": "x" * 201},
]


async def test_values_that_are_not_right_are_named(client: httpx2.AsyncClient) -> None:
    for change in WRONG:
        answer = await client.post(f"{API}/tickets", json={**GOOD, **change})
        _told(answer, 422, "validation_error")
        field = next(iter(change))
        named = [str(problem["field"]) for problem in answer.json()["error"]["details"]]
        assert any(name.startswith(f"body.{field}") for name in named), change


async def test_what_is_missing_is_named(client: httpx2.AsyncClient) -> None:
    for missing in GOOD:
        rest = {key: value for key, value in GOOD.items() if key != missing}
        answer = await client.post(f"{API}/tickets", json=rest)
        _told(answer, 422, "validation_error")
        assert answer.json()["error"]["details"][0]["field"] == f"body.{missing}"


async def test_broken_json_is_told(client: httpx2.AsyncClient) -> None:
    invalid = b'{"subject": "S", "body": "\xc3\x28"}'
    for raw in (b"{", b"nonsense", b"\xff\xfe", invalid, b"[" * 100_000, b'{"a":' * 50_000):
        _told(await client.post(f"{API}/tickets", content=raw, headers=JSON), 400, "bad_request")


async def test_json_of_another_shape_is_told(client: httpx2.AsyncClient) -> None:
    for raw in (b"", b"[]", b"null", b"1", b'"text"', b"NaN", b"1e999", b"{}"):
        _told(await client.post(f"{API}/tickets", content=raw, headers=JSON), 422, "validation_error")


async def test_another_content_type_is_refused(client: httpx2.AsyncClient) -> None:
    for kind in (b"text/plain", b"application/x-www-form-urlencoded", b"multipart/form-data", b"", b"\xff"):
        headers = {b"Content-Type": kind} if kind else {}
        answer = await client.post(f"{API}/tickets", content=b'{"subject":"S"}', headers=headers)
        _told(answer, 415, "unsupported_media_type")


async def test_odd_characters_are_cleaned_and_the_rest_is_kept(client: httpx2.AsyncClient) -> None:
    for text in ("a\x00b", "a\ud800b", "\udfff", "a\u202eb", "\ufeffa", "𝕒" * 10):
        given = {**GOOD, "subject": text, "body": f"Hello {text}!", "customer": {"name": f"Dana{text}"}}
        accepted = await client.post(f"{API}/tickets", content=json.dumps(given), headers=JSON)
        assert accepted.status_code == 202, accepted.text
        path = f"{API}/tickets/{accepted.json()['ticket_id']}"
        assert (await client.get(path)).status_code == 200
        content = (await client.get(f"{path}/messages")).json()["messages"][0]["content"]
        assert content.startswith("Hello ")
        assert content.endswith("!")
        assert "\x00" not in content
        note = json.dumps({"content": f"x{text}", "kind": "note"})
        assert (await client.post(f"{path}/messages", content=note, headers=JSON)).status_code == 201


async def test_a_hundred_thousand_characters_are_taken_and_one_more_is_not(
    client: httpx2.AsyncClient,
) -> None:
    longest = await client.post(f"{API}/tickets", json={**GOOD, "body": "ы" * 100_000})
    assert longest.status_code == 202
    page = (await client.get(f"{API}/tickets/{longest.json()['ticket_id']}/messages")).json()
    assert len(page["messages"][0]["content"]) == 100_000
    for field in ("body", "subject", "customer_id"):
        answer = await client.post(f"{API}/tickets", json={**GOOD, field: "a" * 100_001})
        _told(answer, 413, "payload_too_large")


async def test_too_large_with_and_without_a_length(client: httpx2.AsyncClient) -> None:
    _told(
        await client.post(f"{API}/tickets", json={**GOOD, "body": "a" * 1_000_000}), 413, "payload_too_large"
    )
    read = 0

    async def thirty() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(30):
            read += 1
            yield b"a" * 1024 * 1024

    for content in (b"a" * 30 * 1024 * 1024, thirty()):
        answer = await client.post(f"{API}/tickets", content=content, headers=JSON)
        _told(answer, 413, "payload_too_large")


async def test_over_a_real_connection_the_refusal_arrives(server: str) -> None:
    async def thirty() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b"a" * 1024 * 1024

    async with httpx2.AsyncClient(base_url=server) as client:
        form = {"Content-Type": "multipart/form-data; boundary=x"}
        for path, content, headers in (
            ("/kb/upload", b"a" * 30 * 1024 * 1024, form),
            ("/tickets", b"a" * 30 * 1024 * 1024, JSON),
            ("/tickets", thirty(), JSON),
        ):
            answer = await client.post(f"{API}{path}", content=content, headers=headers)
            _told(answer, 413, "payload_too_large")
        file = await client.post(f"{API}/kb/upload", files={"file": ("a.txt", b"a" * 30 * 1024 * 1024)})
        _told(file, 413, "payload_too_large")
        assert (await client.get("/health")).status_code == 200


NAMES = ("none", "T-999999", "%00", "a%00b", "%ED%A0%80", "..%2f..%2fetc", "x" * 3000, "T-" + "9" * 25, "'")


async def test_an_unknown_ticket_is_not_found(client: httpx2.AsyncClient) -> None:
    for name in NAMES:
        for rest in ("", "/messages", "/timeline", "/score-breakdown", "/escalations"):
            _told(await client.get(f"{API}/tickets/{name}{rest}"), 404, "not_found")
        for rest in ("/takeover", "/handback"):
            _told(await client.post(f"{API}/tickets/{name}{rest}"), 404, "not_found")
        _told(await client.patch(f"{API}/tickets/{name}", json={}), 404, "not_found")
        _told(await client.post(f"{API}/tickets/{name}/messages", json={"content": "x"}), 404, "not_found")
    for path in ("/ai/respond", "/notify"):
        for name in ("none", "a\x00b", "\ud800"):
            given = json.dumps({"ticket_id": name})
            _told(await client.post(f"{API}{path}", content=given, headers=JSON), 404, "not_found")


async def test_other_unknown_things_are_not_found(client: httpx2.AsyncClient) -> None:
    for thing in ("/attachments/%00", "/attachments/none", "/mails/%00.html", "/mails/none.html", "/nothing"):
        _told(await client.get(f"{API}{thing}"), 404, "not_found")
    for name in ("none", "%00", "%ED%A0%80"):
        _told(await client.get(f"{API}/documents/{name}"), 404, "not_found")
        _told(await client.delete(f"{API}/documents/{name}"), 404, "not_found")


WRONG_QUERIES = (
    "limit=0",
    "limit=201",
    "limit=99999999999999999999999",
    "page=0",
    "page=-1",
    "page=1000000000",
    "risk_min=2",
    "risk_min=NaN",
    "status=lost",
    "channel=fax",
    "sentiment=angry",
    "waiting=godot",
)


async def test_queries_that_are_not_right_are_named(client: httpx2.AsyncClient) -> None:
    for query in WRONG_QUERIES:
        answer = await client.get(f"{API}/tickets?{query}")
        _told(answer, 422, "validation_error")
        assert answer.json()["error"]["details"][0]["field"] == f"query.{query.partition('=')[0]}"


async def test_a_foreign_cursor_is_refused(client: httpx2.AsyncClient) -> None:
    for cursor in ("x", "%00", "W10", "bnVsbA", "WzEsMiwzLDQsNV0", "é"):
        _told(await client.get(f"{API}/tickets?cursor={cursor}"), 400, "bad_request")


async def test_odd_queries_find_nothing_and_break_nothing(client: httpx2.AsyncClient, submit: Submit) -> None:
    await submit()
    for query in ("q=%ED%A0%80", "q=%25_%5C", "category=%00,x", "customer_id=%00", "topic_alerts=%00,%27"):
        assert (await client.get(f"{API}/tickets?{query}")).status_code == 200, query
    for query in ("q=%00", "q=", "limit=5&q=%00", "q=a&lang=xx", "q=a&space=../x"):
        _told(await client.get(f"{API}/kb/search?{query}"), 422, "validation_error")


async def test_a_method_that_is_not_meant_is_refused(client: httpx2.AsyncClient) -> None:
    answer = await client.delete(f"{API}/tickets")
    _told(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, POST"


async def test_a_change_that_makes_no_sense_changes_nothing(
    client: httpx2.AsyncClient, submit: Submit
) -> None:
    path = f"{API}/tickets/{(await submit())['ticket_id']}"
    changes = ({"status": "lost"}, {"tags": ["x"] * 51}, {"tags": [""]}, {"colour": "red"}, {"priority": 5})
    for change in changes:
        _told(await client.patch(path, json=change), 422, "validation_error")


async def test_a_request_id_is_echoed_or_made(client: httpx2.AsyncClient) -> None:
    echoed = await client.get("/health", headers={"X-Request-Id": "abc-123"})
    assert echoed.headers["x-request-id"] == "abc-123"
    for odd in (b"x" * 201, b"a b", "é".encode()):
        made = (await client.get("/health", headers={b"X-Request-Id": odd})).headers["x-request-id"]
        assert len(made) == 32


async def test_a_fault_of_ours_says_nothing_of_itself(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from frontdesk.web.console import analytics

    async def broken(conn: object) -> dict[str, Any]:
        raise RuntimeError("password=secret")

    monkeypatch.setattr(analytics, "summary", broken)
    answer = await client.get(f"{API}/analytics/summary")
    _told(answer, 500, "internal_error")
    assert "secret" not in answer.text
