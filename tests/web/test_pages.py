"""The pages and the documentation."""

import gzip
from pathlib import Path

import httpx2
import pytest

from frontdesk.web.public import docs, pages


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A front end as its build would leave it; faces look the folder up when the application is made."""
    for face in ("console", "portal", "widget", "shop"):
        (tmp_path / face / "assets").mkdir(parents=True)
        (tmp_path / face / "index.html").write_text(f"<title>{face}</title>")
        (tmp_path / face / "assets" / "app-1a2b.js").write_text("let x = 1")
    (tmp_path / "widget" / "widget.js").write_text("let widget = 1")
    for module in (pages, docs):
        monkeypatch.setattr(module, "STATIC", tmp_path)
    return tmp_path


async def test_the_console_is_one_page_under_every_address(client: httpx2.AsyncClient) -> None:
    for path in ("/console/", "/console", "/console/tickets/T-000001", "/console/knowledge"):
        page = await client.get(path)
        assert (page.status_code, page.text) == (200, "<title>console</title>"), path
        assert page.headers["cache-control"] == "no-cache"
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]
    assert (await client.get("/console/missing.js")).status_code == 404
    assert (await client.get("/console/%00")).status_code in (200, 404)
    assert (await client.get("/console/..%2f..%2fapp.py")).status_code == 404


async def test_the_portal_is_one_page_that_nobody_frames(client: httpx2.AsyncClient) -> None:
    for path in ("/portal", "/portal/", "/portal/enter", "/portal/tickets/T-000001"):
        page = await client.get(path)
        assert (page.status_code, page.text) == (200, "<title>portal</title>"), path
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


async def test_hashed_assets_are_kept_for_a_year(client: httpx2.AsyncClient) -> None:
    asset = await client.get("/console/assets/app-1a2b.js")
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asset.headers["content-type"].startswith("text/javascript")
    again = await client.get("/console/assets/app-1a2b.js", headers={"If-None-Match": asset.headers["etag"]})
    assert again.status_code == 304


async def test_only_the_widget_may_be_framed_and_only_its_loader_is_embedded(
    client: httpx2.AsyncClient,
) -> None:
    widget = await client.get("/widget/")
    assert "frame-ancestors *" in widget.headers["content-security-policy"]
    loader = await client.get("/widget.js")
    assert loader.headers["cross-origin-resource-policy"] == "cross-origin"
    assert loader.headers["content-type"].startswith("text/javascript")


async def test_the_root_leads_to_the_shop_of_a_demo(client: httpx2.AsyncClient) -> None:
    home = await client.get("/")
    assert (home.status_code, home.headers["location"]) == (307, "/shop")
    assert (await client.get("/shop")).text == "<title>shop</title>"


async def test_a_page_that_is_not_built_says_what_to_do(client: httpx2.AsyncClient, built: Path) -> None:
    (built / "console" / "index.html").unlink()
    page = await client.get("/console/tickets")
    assert page.status_code == 503
    assert "make setup" in page.text
    assert "make setup" in (await client.get("/docs")).text


async def test_the_documentation_uses_packaged_files_alone(client: httpx2.AsyncClient, built: Path) -> None:
    (built / "docs").mkdir()
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "redoc.standalone.js"):
        (built / "docs" / name).write_text("/* */")
    for path in ("/docs", "/redoc"):
        page = await client.get(path)
        assert page.status_code == 200
        assert "//" not in page.text.replace("</", "")
        assert "script-src 'self'" in page.headers["content-security-policy"]
    for name in ("swagger-ui-bundle.js", "swagger-ui.css", "redoc.standalone.js", "start.js"):
        assert (await client.get(f"/docs/{name}")).status_code == 200
    assert (await client.get("/docs/..%2fapp.py")).status_code == 404


SCRIPT = b"let x = 1;" * 200
SCRIPT_GZ = gzip.compress(SCRIPT, mtime=0)


@pytest.fixture
def compressed(built: Path) -> Path:
    """Every kind of page with a script that the build compressed; brotli's bytes need not be real."""
    (built / "docs").mkdir()
    for path in (
        "console/assets/app-1a2b.js",
        "widget/assets/app-1a2b.js",
        "shop/assets/app-1a2b.js",
        "widget/widget.js",
        "docs/redoc.standalone.js",
    ):
        (built / path).write_bytes(SCRIPT)
        (built / f"{path}.gz").write_bytes(SCRIPT_GZ)
        (built / f"{path}.br").write_bytes(b"brotli of it")
    return built


SCRIPTS = (
    "/console/assets/app-1a2b.js",
    "/widget/assets/app-1a2b.js",
    "/shop/assets/app-1a2b.js",
    "/widget.js",
    "/docs/redoc.standalone.js",
)


async def fetched(
    client: httpx2.AsyncClient, path: str, method: str = "GET", **headers: str
) -> tuple[httpx2.Response, bytes]:
    """The answer and its bytes as they travel, nothing unpacked."""
    named = {
        name.replace("_", "-"): value for name, value in {"accept_encoding": "identity", **headers}.items()
    }
    async with client.stream(method, path, headers=named) as answer:
        return answer, b"".join([part async for part in answer.aiter_raw()])


@pytest.mark.usefixtures("compressed")
@pytest.mark.parametrize("path", SCRIPTS)
@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=0.5, br;q=0.1", "br"),
        ("GZIP", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("gzip;q=0, br;q=0.000", None),
        ("deflate", None),
        ("", None),
    ],
)
async def test_a_script_travels_in_the_smallest_form_that_is_taken(
    client: httpx2.AsyncClient, path: str, accepted: str, coding: str | None
) -> None:
    answer, body = await fetched(client, path, accept_encoding=accepted)
    assert answer.status_code == 200
    assert answer.headers.get("content-encoding") == coding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert body == {"br": b"brotli of it", "gzip": SCRIPT_GZ, None: SCRIPT}[coding]
    head, nothing = await fetched(client, path, "HEAD", accept_encoding=accepted)
    assert (head.status_code, nothing) == (200, b"")
    kept = ("content-length", "content-encoding", "etag", "cache-control", "vary", "content-type")
    assert [head.headers.get(name) for name in kept] == [answer.headers.get(name) for name in kept]
    assert head.headers["content-length"] == str(len(body))


@pytest.mark.usefixtures("compressed")
@pytest.mark.parametrize("path", SCRIPTS)
async def test_a_range_is_one_of_the_plain_file(client: httpx2.AsyncClient, path: str) -> None:
    part, body = await fetched(client, path, accept_encoding="gzip, br", range="bytes=4-8")
    assert (part.status_code, body) == (206, SCRIPT[4:9])
    assert part.headers["content-range"] == f"bytes 4-8/{len(SCRIPT)}"
    assert "content-encoding" not in part.headers
    whole, _ = await fetched(client, path, accept_encoding="br")
    of_another_form = {"range": "bytes=4-8", "if_range": whole.headers["etag"]}
    again, body = await fetched(client, path, accept_encoding="br", **of_another_form)
    assert (again.status_code, body) == (200, SCRIPT)
    beyond, _ = await fetched(client, path, range="bytes=99999-")
    assert beyond.status_code == 416


@pytest.mark.usefixtures("compressed")
@pytest.mark.parametrize("path", SCRIPTS)
async def test_each_form_is_known_again_by_its_own_tag(client: httpx2.AsyncClient, path: str) -> None:
    tags = set()
    for accepted in ("br", "gzip", "identity"):
        answer, _ = await fetched(client, path, accept_encoding=accepted)
        tags.add(tag := answer.headers["etag"])
        again, body = await fetched(client, path, accept_encoding=accepted, if_none_match=f'"x", W/{tag}')
        assert (again.status_code, body) == (304, b"")
        assert again.headers["vary"] == "Accept-Encoding"
        assert again.headers["cache-control"] == answer.headers["cache-control"]
    assert len(tags) == 3


async def test_a_file_that_was_not_compressed_is_sent_as_it_is(client: httpx2.AsyncClient) -> None:
    answer, body = await fetched(client, "/console/assets/app-1a2b.js", accept_encoding="br, gzip")
    assert ("content-encoding" in answer.headers, body) == (False, b"let x = 1")


async def test_the_documentation_answers_head(client: httpx2.AsyncClient) -> None:
    for path in ("/docs", "/redoc", "/docs/start.js"):
        assert (await client.head(path)).status_code == (await client.get(path)).status_code, path


async def test_every_answer_has_one_referrer_policy(client: httpx2.AsyncClient) -> None:
    for path in ("/console/", "/widget.js", "/docs", "/api/v1/desk", "/missing", "/act/nonsense"):
        answer = await client.get(path)
        assert len(answer.headers.get_list("referrer-policy")) == 1, path


async def test_pages_may_connect_to_their_own_desk_alone(client: httpx2.AsyncClient) -> None:
    for path in ("/console/", "/widget/", "/shop"):
        policy = (await client.get(path)).headers["content-security-policy"]
        assert "connect-src 'self';" in policy, path
        assert not {"ws:", "wss:"} & set(policy.split()), path
