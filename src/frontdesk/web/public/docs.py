"""The API's documentation: Swagger UI and ReDoc with packaged assets, no address of anybody else."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from frontdesk.errors import NotFound
from frontdesk.web.public.built import built_file
from frontdesk.web.public.pages import STATIC, not_built

router = APIRouter(include_in_schema=False)

_READ = ["GET", "HEAD"]
_FILES = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "redoc.standalone.js": "text/javascript",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self' data:; connect-src 'self'; worker-src blob:; child-src blob:; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Frontdesk API</title>
<link rel="icon" href="data:,">{head}
<style>body{{margin:0}}</style></head><body>{body}</body></html>"""
_START = (
    """SwaggerUIBundle({url: "/openapi.json", dom_id: "#api", deepLinking: false, validatorUrl: null});"""
)
# Deep links would put a link into each operation's button, which no keyboard and no screen reader can make sense of.
_READABLE = """<style>.swagger-ui .info .title small{background:#575d6b}
.swagger-ui .info .title small.version-stamp{background:#4d6c00}.swagger-ui .info .url{color:#1565b4}
.swagger-ui .opblock.opblock-get .opblock-summary-method{background:#1565b4}
.swagger-ui .opblock.opblock-post .opblock-summary-method{background:#1d7a50}
.swagger-ui .opblock.opblock-patch .opblock-summary-method{background:#0f766b}
.swagger-ui .opblock.opblock-put .opblock-summary-method{background:#9a5a00}
.swagger-ui .opblock.opblock-delete .opblock-summary-method{background:#c22121}
.swagger-ui .json-schema-2020-12-expand-deep-button{color:#4a4a4a}</style>"""
"""Swagger UI's white letters on pale colours, dark enough to be read."""


@router.api_route("/docs", methods=_READ)
async def swagger() -> Response:
    return _page(
        '<link rel="stylesheet" href="/docs/swagger-ui.css">' + _READABLE,
        '<main id="api"></main><script src="/docs/swagger-ui-bundle.js"></script>'
        '<script src="/docs/start.js"></script>',
    )


@router.api_route("/redoc", methods=_READ)
async def redoc() -> Response:
    return _page(
        "",
        '<main><redoc spec-url="/openapi.json"></redoc></main><script src="/docs/redoc.standalone.js"></script>',
    )


@router.api_route("/docs/{name}", methods=_READ)
async def asset(name: str, request: Request) -> Response:
    if name == "start.js":
        return Response(_START, media_type="text/javascript")
    file = STATIC / "docs" / name
    if name not in _FILES or not file.is_file():
        raise NotFound("there is no such file")
    headers = {"Cache-Control": "public, max-age=3600"}
    return built_file(file, request.scope, media_type=_FILES[name], headers=headers)


def _page(head: str, body: str) -> Response:
    if not all((STATIC / "docs" / name).is_file() for name in _FILES):
        return not_built()
    page = _PAGE.format(head=head, body=body)
    return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"})
