"""A file of the front end's build, in the smallest form that the caller takes."""

import mimetypes
import os
import re
from collections.abc import Mapping
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse
from starlette.types import Scope

_FORMS = {"br": ".br", "gzip": ".gz"}
"""By content coding, the ending of the file that the build put beside the plain one; the smallest first."""
_REFUSED = re.compile(r"q=0(\.0{0,3})?")


def built_file(
    path: Path, scope: Scope, *, media_type: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The file, or 304 where the caller has it. A range is one of the plain file. Raises `FileNotFoundError`."""
    asked = Headers(scope=scope)
    coding = None if "range" in asked else _coding(path, asked.getlist("accept-encoding"))
    sent = path if coding is None else _form(path, coding)
    response = FileResponse(
        sent,
        headers={**(headers or {}), "Vary": "Accept-Encoding"},
        media_type=media_type or mimetypes.guess_type(path.name)[0],
        stat_result=os.stat(sent),
    )
    if coding is not None:
        response.headers["Content-Encoding"] = coding
    return NotModifiedResponse(response.headers) if _has_it(asked, response.headers["etag"]) else response


def _coding(path: Path, accepted: list[str]) -> str | None:
    names = _accepted(accepted)
    return next((name for name in _FORMS if name in names and _form(path, name).is_file()), None)


def _form(path: Path, coding: str) -> Path:
    return path.with_name(path.name + _FORMS[coding])


def _accepted(values: list[str]) -> set[str]:
    """The codings that are taken by name; `*` is left aside: who can unpack a coding names it."""
    parts = (part.partition(";") for value in values for part in value.lower().split(","))
    return {name.strip() for name, _, weight in parts if not _REFUSED.fullmatch(weight.strip())}


def _has_it(asked: Headers, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")]
    return etag in tags or tags == ["*"]
