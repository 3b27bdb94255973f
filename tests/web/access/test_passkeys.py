"""Passkeys with Chromium's virtual authenticator: set up, asked for after the password, removed."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright

from frontdesk.access.roles import Role
from frontdesk.desk import Desk
from tests.browser.conftest import CHROMIUM, QUIET
from tests.web.access.conftest import PASSWORD, Staff
from tests.web.conftest import API

pytestmark = [pytest.mark.timeout(180), pytest.mark.xdist_group("browser")]

_CALL = """async ([method, path, body, csrf]) => {
    const headers = {"Content-Type": "application/json", ...(csrf ? {"X-CSRF-Token": csrf} : {})};
    const answer = await fetch(path, {method, headers, body: body && JSON.stringify(body)});
    const text = await answer.text();
    return [answer.status, text ? JSON.parse(text) : null];
}"""
_CREATE = """async (options) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return (await navigator.credentials.create({publicKey})).toJSON();
}"""
_GET = """async (options) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    return (await navigator.credentials.get({publicKey})).toJSON();
}"""


@pytest.fixture
async def page(server: str) -> AsyncIterator[Page]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        context = await browser.new_context(bypass_csp=True)
        opened = await context.new_page()
        devtools = await context.new_cdp_session(opened)
        await devtools.send("WebAuthn.enable")
        authenticator = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True}
        await devtools.send(
            "WebAuthn.addVirtualAuthenticator",
            {"options": {**authenticator, "isUserVerified": True, "automaticPresenceSimulation": True}},
        )
        await opened.goto(f"{server.replace('127.0.0.1', 'localhost')}/health")
        yield opened
        await browser.close()


async def _call(page: Page, method: str, path: str, body: object = None, csrf: str = "") -> tuple[int, Any]:
    status, answer = await page.evaluate(_CALL, [method, f"{API}/auth/{path}", body, csrf])
    return status, answer


async def _password(page: Page) -> dict[str, Any]:
    status, answer = await _call(
        page, "POST", "sign-in", {"email": "dana@desk.example", "password": PASSWORD}
    )
    assert status == 200, answer
    return dict(answer)


async def _set_up(page: Page) -> dict[str, Any]:
    """A passkey for who signs in; the credential that set it up."""
    csrf = (await _password(page))["csrf_token"]
    status, asked = await _call(page, "POST", "me/passkeys/options", {"password": PASSWORD}, csrf)
    assert status == 200, asked
    credential = await page.evaluate(_CREATE, asked["options"])
    given = {"token": asked["token"], "credential": credential, "name": "Laptop"}
    assert (await _call(page, "POST", "me/passkeys", given, csrf))[0] == 204
    assert (await _call(page, "POST", "me/passkeys", given, csrf))[0] == 401, "a challenge works once"
    return dict(credential)


async def test_a_passkey_signs_in_after_the_password_and_is_removed(page: Page, staff: Staff) -> None:
    await staff.add("dana@desk.example")
    await _set_up(page)
    half = await _password(page)
    assert (half["state"], half["factors"]) == ("second_factor", ["passkey"])
    challenge = half["challenge"]
    status, asked = await _call(page, "POST", "passkey/options", {"challenge": challenge})
    assert status == 200, asked
    credential = await page.evaluate(_GET, asked["options"])
    given = {"challenge": challenge, "token": asked["token"], "credential": credential}
    status, signed_in = await _call(page, "POST", "passkey", given)
    assert (status, signed_in["state"]) == (200, "signed_in")
    assert (await _call(page, "POST", "passkey", given))[0] == 401, "what was signed works once"
    status, own = await _call(page, "GET", "me/passkeys")
    assert [passkey["name"] for passkey in own["passkeys"]] == ["Laptop"]
    path, csrf = f"me/passkeys/{own['passkeys'][0]['passkey_id']}", signed_in["csrf_token"]
    assert (await _call(page, "DELETE", path, {"password": "not this one"}, csrf))[0] == 403
    assert (await _call(page, "DELETE", path, {"password": PASSWORD}, csrf))[0] == 204
    assert (await _password(page))["state"] == "signed_in"


async def test_what_another_challenge_or_nobody_signed_is_refused(
    page: Page, staff: Staff, desk: Desk
) -> None:
    await staff.add("dana@desk.example")
    set_up_by = await _set_up(page)
    half = await _password(page)
    options = []
    for _ in range(2):
        options.append((await _call(page, "POST", "passkey/options", {"challenge": half["challenge"]}))[1])
    for_the_first = await page.evaluate(_GET, options[0]["options"])
    for credential in (for_the_first, set_up_by, {}, {"id": "x", "response": 7}, {"id": for_the_first["id"]}):
        token = (await _call(page, "POST", "passkey/options", {"challenge": half["challenge"]}))[1]["token"]
        given = {"challenge": half["challenge"], "token": token, "credential": credential}
        assert (await _call(page, "POST", "passkey", given))[0] == 401
    admin = await staff.browser(Role.ADMIN)
    entries = (await admin.http.get(f"{API}/audit", params={"action": "person.factor_added"})).json()[
        "entries"
    ]
    assert len(entries) == 1


async def test_under_a_bare_address_there_are_no_passkeys(staff: Staff) -> None:
    person = await staff.browser(Role.MANAGER)
    asked = await person.http.post(f"{API}/auth/me/passkeys/options", json={"password": PASSWORD})
    assert asked.status_code == 409
    assert "localhost" in asked.json()["error"]["message"]
