"""Single sign-on: the way to the identity provider, and back."""

import re
from typing import Annotated
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from frontdesk.access.single_sign_on import SingleSignOn
from frontdesk.desk import Desk
from frontdesk.errors import FrontdeskError, NotFound, Unauthorized
from frontdesk.web.access.answers import origin_of
from frontdesk.web.caller import DeskDep
from frontdesk.web.credentials import set_cookies
from frontdesk.web.errors import problems

router = APIRouter(prefix="/auth/oidc", tags=["access"])

COOKIE = "frontdesk_oidc"
_PATH = "/api/v1/auth/oidc"
_SECONDS = 600
_PAGE = re.compile(r"/(?:console|docs|redoc)(?:/[\w./-]*)?(?:\?[\w=&%.,:-]*)?")
"""Pages of the desk alone: whatever else is asked for would lead a signed-in person away."""
_log = structlog.get_logger("frontdesk.access")


@router.get("/start", status_code=303, response_class=RedirectResponse, responses=problems())
async def begin_single_sign_on(
    request: Request, desk: DeskDep, next: Annotated[str, Query(max_length=500)] = "/console/"
) -> Response:
    """Leads the browser to the identity provider."""
    departure = await _single_sign_on(desk).begin(next if _PAGE.fullmatch(next) else "/console/")
    answer = RedirectResponse(departure.address, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        COOKIE,
        departure.browser,
        max_age=_SECONDS,
        path=_PATH,
        secure=secure,
        httponly=True,
        samesite="lax",
    )
    return answer


@router.get("/callback", status_code=303, response_class=RedirectResponse, responses=problems())
async def finish_single_sign_on(
    request: Request,
    desk: DeskDep,
    state: Annotated[str, Query(max_length=200)] = "",
    code: Annotated[str, Query(max_length=4000)] = "",
) -> Response:
    """Where the identity provider leads back to; what failed is told by the sign-in page."""
    single_sign_on = _single_sign_on(desk)
    try:
        if not code:
            raise Unauthorized("the identity provider did not sign you in: try again")
        browser = request.cookies.get(COOKIE, "")
        signed_in, page = await single_sign_on.finish(state, browser, code, origin_of(request))
    except FrontdeskError as error:
        _log.warning("single_sign_on_refused", code=error.code)
        return RedirectResponse(f"/console/sign-in#{urlencode({'error': error.code})}", 303)
    answer = RedirectResponse(page, 303)
    answer.delete_cookie(COOKIE, path=_PATH)
    set_cookies(answer, signed_in, secure=request.url.scheme == "https")
    return answer


def _single_sign_on(desk: Desk) -> SingleSignOn:
    if desk.access.single_sign_on is None:
        raise NotFound("this desk has no single sign-on")
    return desk.access.single_sign_on
