"""The knowledge base over HTTP."""

from urllib.parse import quote

import httpx2

from frontdesk.desk import Desk
from tests.web.conftest import API

ARTICLE = b"# Delivery\n\n## Times\n\nOrders to Shymkent arrive within three days.\n"


async def _upload(client: httpx2.AsyncClient, name: str, data: bytes, **fields: str) -> httpx2.Response:
    return await client.post(f"{API}/kb/upload", files={"file": (name, data)}, data=fields)


async def test_a_document_is_uploaded_found_listed_read_and_deleted(client: httpx2.AsyncClient) -> None:
    added = await _upload(
        client, "delivery.md", ARTICLE, source="handbook", source_url="https://shop.example/d"
    )
    assert added.status_code == 201, added.text
    document_id = added.json()["document_id"]
    assert (added.json()["language"], added.json()["warnings"]) == ("en", [])

    query: dict[str, str | int] = {"q": "When does my order arrive in Shymkent?", "limit": 3}
    results = (await client.get(f"{API}/kb/search", params=query)).json()["results"]
    assert results[0]["url"] == "https://shop.example/d"
    assert "three days" in results[0]["text"]

    listed = (await client.get(f"{API}/documents")).json()
    assert [document["document_id"] for document in listed["documents"]] == [document_id]
    assert listed["pagination"]["total"] == 1
    read = (await client.get(f"{API}/documents/{document_id}")).json()
    assert read["chunks"][0]["text"].startswith("Orders to Shymkent")

    named = await client.get(f"{API}/documents/{results[0]['doc_id']}")
    assert (named.status_code, named.json()) == (200, read)

    assert (await client.delete(f"{API}/documents/{document_id}")).status_code == 204
    assert (await client.get(f"{API}/documents/{document_id}")).status_code == 404
    assert (await client.get(f"{API}/kb/search", params=query)).json()["results"] == []


async def test_a_source_opens_its_document_though_its_key_holds_slashes(
    client: httpx2.AsyncClient, desk: Desk
) -> None:
    key = "en/times & prices/#1"
    added = await desk.knowledge.add_text(key, "Times", "Orders to Shymkent arrive within three days.")
    read = await client.get(f"{API}/documents/{quote(key, safe='')}")
    assert (read.status_code, read.json()["document_id"]) == (200, added.document_id)
    elsewhere = await client.get(f"{API}/documents/{quote(key, safe='')}", params={"space": "other"})
    assert elsewhere.status_code == 404
    assert (await client.get(f"{API}/documents/en/nothing")).json()["error"]["code"] == "not_found"


async def test_files_that_cannot_be_read_are_told(client: httpx2.AsyncClient) -> None:
    for name, data, status in (
        ("virus.exe", b"MZ", 415),
        ("empty.md", b"", 422),
        ("broken.pdf", b"%PDF-nothing", 422),
        ("noise.txt", b"\x00\x01\x02", 415),
        ("large.txt", b"a" * (10 * 1024 * 1024 + 1), 413),
        ("huge.txt", b"a" * 30 * 1024 * 1024, 413),
    ):
        refused = await _upload(client, name, data)
        assert refused.status_code == status, f"{name}: {refused.text}"
        assert refused.json()["error"]["request_id"]


async def test_a_form_without_a_file_is_told(client: httpx2.AsyncClient) -> None:
    other = await client.post(f"{API}/kb/upload", files={"other": ("a.md", ARTICLE)})
    assert (other.status_code, other.json()["error"]["code"]) == (422, "validation_error")
    for fields in ({"source": "x"}, {"file": "just text"}):
        assert (await client.post(f"{API}/kb/upload", data=fields)).status_code == 415
    broken = {"Content-Type": "multipart/form-data"}
    assert (await client.post(f"{API}/kb/upload", content=b"nonsense", headers=broken)).status_code == 400
    assert (await client.post(f"{API}/kb/upload", json={"file": "x"})).status_code == 415


async def test_a_path_in_the_name_is_only_a_name(client: httpx2.AsyncClient) -> None:
    added = await _upload(client, "..\\..\\etc/пас\x00порт.md", ARTICLE)
    assert added.status_code == 201, added.text
    read = (await client.get(f"{API}/documents/{added.json()['document_id']}")).json()
    assert "/" not in read["source"]


async def test_a_cited_version_can_be_shown_and_the_owner_sees_what_differs(
    client: httpx2.AsyncClient,
) -> None:
    old = await _upload(client, "exchange.md", b"# Exchanges\n\nShoes can be exchanged within 14 days.\n")
    query = {"q": "How long can I exchange shoes?", "lang": "en"}
    [cited] = (await client.get(f"{API}/kb/search", params=query)).json()["results"]
    assert (cited["document_id"], cited["version"]) == (old.json()["document_id"], 1)
    await _upload(
        client,
        "exchange.md",
        b"# Exchanges\n\nShoes can be exchanged within 20 days.\n",
        expires_on="2099-01-31",
    )
    await _upload(client, "faq.md", b"# Questions\n\nShoes can be exchanged within 14 days of purchase.\n")

    shown = (await client.get(f"{API}/documents/{cited['document_id']}", params={"version": 1})).json()
    assert (shown["version"], shown["chunks"][0]["text"]) == (1, cited["text"])
    now = (await client.get(f"{API}/documents/{cited['document_id']}")).json()
    assert (now["version"], now["expires_on"], now["review_on"]) == (2, "2099-01-31", None)
    versions = (await client.get(f"{API}/documents/{cited['document_id']}/versions")).json()["versions"]
    assert [version["version"] for version in versions] == [2, 1]

    [finding] = (await client.get(f"{API}/kb/check")).json()["findings"]
    assert (finding["kind"], finding["detail"]) == ("numbers", "day: 20 / 14")
    assert [place["doc_id"] for place in finding["places"]] == ["exchange.md", "faq.md"]
    missing = await client.get(f"{API}/documents/{cited['document_id']}", params={"version": 9})
    assert missing.status_code == 404
    assert (await client.get(f"{API}/documents/none/versions")).status_code == 404
    assert (await _upload(client, "a.md", b"text here", review_on="soon")).status_code == 422
