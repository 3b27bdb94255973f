"""The error contract: every answer that is not 2xx has the same shape and says nothing it should not."""

import math
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from psycopg import DataError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from frontdesk.engine.disk import FULL_DISK, RETRY_AFTER, is_full
from frontdesk.errors import FrontdeskError, RateLimited, TemporaryError, Unavailable
from frontdesk.kit.text import clean
from frontdesk.web.paths import UPLOADS
from frontdesk.web.reply import Json

_CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "conflict",
    413: "payload_too_large",
    415: "unsupported_media_type",
    422: "validation_error",
    429: "rate_limited",
    503: "unavailable",
}
_MESSAGES = {
    400: "the request cannot be understood",
    401: "sign in first",
    403: "this is not allowed",
    404: "there is nothing at this address",
    405: "this address does not take this method",
    413: "the request is too large",
    415: "the body must have another content type",
    422: "some values are not right",
    500: "something went wrong on our side",
    503: "try again in a moment",
}
_MOST_PROBLEMS = 20

_log = structlog.get_logger("frontdesk.web")


class ErrorDetail(BaseModel):
    code: str = Field(examples=["not_found"])
    message: str = Field(description="Safe to show to a person.", examples=["there is no such ticket"])
    details: dict[str, Any] | list[Any] | None = None
    request_id: str | None = Field(examples=["5f0c1d2e8a7b4c3d9e6f1a2b3c4d5e6f"])


class ErrorBody(BaseModel):
    error: ErrorDetail


_MEANINGS = {
    400: "Not parseable, or a value that makes no sense here",
    401: "Not signed in, or a wrong token",
    403: "Not allowed",
    404: "No such thing",
    405: "Another method is meant",
    409: "Not possible as things stand",
    413: "Too large",
    415: "Another content type is meant",
    429: "Too much at once; `Retry-After` says when to go on",
    422: "Values that are not right, or an idempotency key used for another body",
    500: "A fault on our side",
    503: "A part that is needed is away; try again",
}
_EVERYWHERE = (400, 401, 403, 404, 405, 422, 429, 500, 503)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route may answer beside success, for OpenAPI; what any route may answer is always in it."""
    return {
        status: {"model": ErrorBody, "description": _MEANINGS[status]}
        for status in sorted({*_EVERYWHERE, *statuses})
    }


def raw(media_type: str) -> dict[int | str, dict[str, Any]]:
    """The success of a route that answers no JSON, for OpenAPI."""
    schema = {"type": "string"} if media_type.startswith("text/") else {"type": "string", "format": "binary"}
    return {200: {"content": {media_type: {"schema": schema}}, "description": "As it is"}}


def error_body(code: str, message: str, details: object = None) -> dict[str, Any]:
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    shown = details if isinstance(details, dict | list) else None
    return {"error": {"code": code, "message": clean(message), "details": shown, "request_id": request_id}}


def failure(
    status: int, message: str = "", details: object = None, headers: dict[str, str] | None = None
) -> Json:
    """An answer for an HTTP status alone."""
    code = _CODES.get(status, "internal_error" if status >= 500 else "bad_request")
    return Json(
        error_body(code, message or _MESSAGES.get(status, "this did not work"), details), status, headers
    )


def refused(error: FrontdeskError) -> Json:
    """An answer for an error of the tree; what is only ours to know becomes a plain 500."""
    if error.code == "internal_error":
        _log.error("request_failed", error=type(error).__name__)
        return failure(500)
    headers: dict[str, str] = {}
    if isinstance(error, TemporaryError | RateLimited):
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after or 1)))
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Json(error_body(error.code, error.message, error.details), error.status, headers)


def install(app: FastAPI) -> None:
    app.add_exception_handler(FrontdeskError, _of_tree)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(DataError, _of_data)
    app.add_exception_handler(OSError, _of_system)


async def _of_tree(request: Request, error: Exception) -> Response:
    assert isinstance(error, FrontdeskError)
    return refused(error)


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if is_full(error):  # the body had no room on the disk
        return refused(Unavailable(FULL_DISK, retry_after=RETRY_AFTER))
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_allowed(request)) or headers.get("Allow", "")
    return failure(error.status_code, headers=headers)


def _allowed(request: Request) -> list[str]:
    """Every method of this path; the router itself names those of the first route that fits."""
    routes = request.app.router.routes
    return [
        method
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]


async def _of_data(request: Request, error: Exception) -> Response:
    """A net: a value that slipped through and that PostgreSQL cannot keep is no fault of ours."""
    _log.warning("value_not_storable", error=type(error).__name__)
    return failure(422, "a value cannot be stored")


async def _of_system(request: Request, error: Exception) -> Response:
    """A net: files are written in several places, and a full disk is no fault of ours."""
    if not is_full(error):
        raise error
    return refused(Unavailable(FULL_DISK, retry_after=RETRY_AFTER))


async def _of_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    if any(problem["type"] == "json_invalid" for problem in faults):
        return failure(400, "the body is not valid JSON")
    if wanted := _other_type(request, whole=any(tuple(problem["loc"]) == ("body",) for problem in faults)):
        return failure(415, f"the body must be {wanted}")
    details = [
        {"field": _field(problem["loc"]), "message": clean(str(problem["msg"])), "type": problem["type"]}
        for problem in faults[:_MOST_PROBLEMS]
    ]
    named = ", ".join(dict.fromkeys(str(detail["field"]) for detail in details))
    return failure(422, f"not right: {named}"[:300], details)


def _field(loc: tuple[int | str, ...]) -> str:
    return clean(".".join(str(part) for part in loc))[:200]


def _other_type(request: Request, whole: bool) -> str | None:
    """The content type that is meant, where another one came; `whole`: the body as such was not understood."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    has_body = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    if UPLOADS.fullmatch(request.scope["path"]) and request.method == "POST":
        return "multipart/form-data" if kind != "multipart/form-data" else None
    is_json = kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
    return "application/json" if has_body and whole and not is_json else None
