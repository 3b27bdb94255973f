"""The pages and the documentation."""

from pathlib import Path

import httpx2
import pytest

from frontdesk.web.public import docs, pages


@pytest.fixture(autouse=True)
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A front end as its build would leave it; faces look the folder up when the application is made."""
    for face in ("console", "widget", "shop"):
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
