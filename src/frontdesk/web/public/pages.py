"""The pages: console, portal, demo shop, widget and its loader, as the front end's build left them."""

import os
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from frontdesk.web.public.built import built_file

STATIC = Path(__file__).parent.parent / "static"
_YEAR = "public, max-age=31536000, immutable"
_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
    " font-src 'self' data:; connect-src 'self'; frame-src 'self'; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors {framed_by}"
)
_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Frontdesk</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.5rem}
code{background:#eee;padding:.1em .4em;border-radius:4px}</style>
<h1>This page is not built yet</h1>
<p>Run <code>make setup</code> in the project's folder, then load this page again.</p>
<p>Выполните <code>make setup</code> в папке проекта и обновите страницу.</p>
<p>Жоба қалтасында <code>make setup</code> орындап, бетті қайта жүктеңіз.</p></html>"""


class Face(StaticFiles):
    """A single-page app: addresses without a file show its index page."""

    def __init__(self, folder: str, framed_by: str = "'none'") -> None:
        super().__init__(directory=STATIC / folder, check_dir=False)
        self._policy = _POLICY.format(framed_by=framed_by)

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            answer = await super().get_response("index.html" if path in ("", ".") else path, scope)
        except HTTPException as error:
            if error.status_code != 404 or "." in path.rpartition("/")[2].strip("."):
                raise
            answer = await self._index(scope)
        cached = _YEAR if path.startswith("assets/") and answer.status_code in (200, 304) else "no-cache"
        answer.headers["Cache-Control"] = cached
        answer.headers["Content-Security-Policy"] = self._policy
        return answer

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        return built_file(Path(full_path), scope)

    async def _index(self, scope: Scope) -> Response:
        try:
            return await super().get_response("index.html", scope)
        except HTTPException:
            return not_built()


def not_built() -> Response:
    return HTMLResponse(
        _NOT_BUILT, 503, {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
    )


async def _loader(request: Request) -> Response:
    """The one script that other sites embed."""
    script = STATIC / "widget" / "widget.js"
    if not script.is_file():
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}
    return built_file(script, request.scope, media_type="text/javascript", headers=headers)


def routes(demo: bool, portal: bool) -> list[BaseRoute]:
    home = "/shop" if demo else "/console/"

    async def to_home(request: Request) -> Response:
        return RedirectResponse(home, 307)

    faces: list[BaseRoute] = [Route("/", to_home), Route("/widget.js", _loader)]
    pages = {"/console": Face("console"), "/widget": Face("widget", framed_by="*")}
    if portal:
        pages["/portal"] = Face("portal")
    if demo:
        pages["/shop"] = Face("shop")
    for path, face in pages.items():
        faces += [Route(path, face), Mount(path, face)]
    return faces
