"""Signing in and out, going on, and what thieves, forgers and guessers meet."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

import httpx2
import pytest

from frontdesk.access import one_time, passwords, sessions
from frontdesk.access.actor import Permission
from frontdesk.access.one_time import Purpose
from frontdesk.access.roles import Role
from frontdesk.desk import Desk
from frontdesk.web.credentials import ACCESS_COOKIE, REFRESH_COOKIE
from tests.web.access.conftest import PASSWORD, Staff
from tests.web.conftest import API

ME = f"{API}/auth/me"


async def _attempt(client: httpx2.AsyncClient, email: str, password: str) -> httpx2.Response:
    return await client.post(f"{API}/auth/sign-in", json={"email": email, "password": password})


async def test_a_person_signs_in_works_and_signs_out(staff: Staff) -> None:
    await staff.add("dana@desk.example")
    browser = await staff.sign_in("Dana@Desk.example")
    me = (await browser.http.get(ME)).json()
    assert (me["name"], me["person"]["role"], "admin" in me["permissions"]) == ("dana", "manager", False)
    assert (await browser.http.get(f"{API}/tickets")).status_code == 200
    kept = dict(browser.http.cookies)
    assert (await browser.http.post(f"{API}/auth/sign-out")).status_code == 204
    again = staff.client()
    again.cookies.update(kept)
    assert (await again.get(ME)).status_code == 401
    assert (await again.post(f"{API}/auth/refresh")).status_code == 401


async def test_unknown_disabled_and_mistyped_are_answered_alike(staff: Staff, desk: Desk) -> None:
    await staff.add("dana@desk.example")
    gone = await staff.add("gone@desk.example")
    admin = await staff.browser(Role.ADMIN)
    assert (
        await admin.http.patch(f"{API}/people/{gone.person_id}", json={"disabled": True})
    ).status_code == 200
    answers = [
        await _attempt(staff.client(), email, password)
        for email, password in (
            ("nobody@desk.example", PASSWORD),
            ("gone@desk.example", PASSWORD),
            ("dana@desk.example", "not this one"),
        )
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.json()["error"]["message"] for answer in answers}) == 1


@pytest.mark.parametrize("email", ["dana@desk.example", "nobody@desk.example"])
async def test_guesses_wait_longer_and_longer_whether_or_not_the_account_exists(
    staff: Staff, email: str
) -> None:
    await staff.add("dana@desk.example")
    codes = [(await _attempt(staff.client(), email, f"guess number {n}")).status_code for n in range(8)]
    assert codes[:5] == [401] * 5
    assert 429 in codes[5:]
    refused = await _attempt(staff.client(), email, PASSWORD)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) >= 1


async def test_a_sign_in_never_goes_on_in_a_session_that_was_there_before(staff: Staff) -> None:
    await staff.add("dana@desk.example")
    fixed = staff.client()
    fixed.cookies.set(ACCESS_COOKIE, "attackers", domain="127.0.0.1")
    fixed.cookies.set(REFRESH_COOKIE, "attackers", domain="127.0.0.1", path="/api/v1/auth")
    answer = await _attempt(fixed, "dana@desk.example", PASSWORD)
    assert answer.status_code == 200
    assert "attackers" not in answer.headers.get_list("set-cookie").__repr__()
    first, second = await staff.sign_in("dana@desk.example"), await staff.sign_in("dana@desk.example")
    assert first.csrf != second.csrf


async def test_cookies_are_out_of_scripts_reach(staff: Staff) -> None:
    await staff.add("dana@desk.example")
    cookies = (await _attempt(staff.client(), "dana@desk.example", PASSWORD)).headers.get_list("set-cookie")
    assert len(cookies) == 2
    assert all("HttpOnly" in cookie and "SameSite=lax" in cookie for cookie in cookies)


async def test_a_write_by_cookie_needs_the_pages_own_header(staff: Staff) -> None:
    admin = await staff.browser(Role.ADMIN)
    body = {"name": "Shop", "scopes": ["tickets:read"]}
    del admin.http.headers["X-CSRF-Token"]
    assert (await admin.http.post(f"{API}/keys", json=body)).status_code == 403
    wrong = {"X-CSRF-Token": "0" * 64}
    assert (await admin.http.post(f"{API}/keys", json=body, headers=wrong)).status_code == 403
    right = {"X-CSRF-Token": admin.csrf}
    foreign = {**right, "Origin": "https://evil.example"}
    assert (await admin.http.post(f"{API}/keys", json=body, headers=foreign)).status_code == 403
    assert (await admin.http.post(f"{API}/keys", json=body, headers=right)).status_code == 201


async def test_a_stolen_refresh_token_ends_the_whole_session(
    staff: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    await staff.add("dana@desk.example")
    browser = await staff.sign_in("dana@desk.example")
    stolen = browser.http.cookies.get(REFRESH_COOKIE)
    assert (await browser.http.post(f"{API}/auth/refresh")).status_code == 200
    assert (await browser.http.get(ME)).status_code == 200
    thief = staff.client()
    thief.cookies.set(REFRESH_COOKIE, str(stolen), domain="127.0.0.1", path="/api/v1/auth")
    assert (await thief.post(f"{API}/auth/refresh")).status_code == 409, "another tab's, a moment ago"
    assert (await browser.http.get(ME)).status_code == 200
    monkeypatch.setattr(sessions, "GRACE", timedelta(0))
    assert (await thief.post(f"{API}/auth/refresh")).status_code == 401
    assert (await browser.http.get(ME)).status_code == 401
    assert (await browser.http.post(f"{API}/auth/refresh")).status_code == 401


async def test_forged_tokens_open_nothing(staff: Staff) -> None:
    await staff.add("dana@desk.example")
    answer = await _attempt(staff.client(), "dana@desk.example", PASSWORD)
    token = answer.json()["access_token"]
    assert (await staff.client(Authorization=f"Bearer {token}").get(ME)).status_code == 200
    head, body, seal = token.split(".")
    claims = json.loads(urlsafe_b64decode(body + "=="))
    forged = [
        f"{_part({'alg': 'none', 'typ': 'JWT'})}.{body}.",
        f"{_part({'alg': 'none'})}.{body}.{seal}",
        f"{_part({'alg': 'HS512', 'typ': 'JWT'})}.{body}.{seal}",
        f"{_part({'alg': 'RS256', 'typ': 'JWT'})}.{body}.{seal}",
        f"{head}.{_part({**claims, 'exp': claims['exp'] + 10_000})}.{seal}",
        f"{head}.{body}.{seal[:-4]}AAAA",
        f"{head}.{body}",
        token + "x" * 5_000,
        "\u0435" * 40,
    ]
    for text in forged:
        client = staff.client()
        client.headers.raw.append((b"authorization", b"Bearer " + text.encode()))
        answer = await client.get(ME, headers=[(b"authorization", b"Bearer " + text.encode())])
        assert answer.status_code == 401, text[:60]


def _part(content: dict[str, object]) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


async def test_a_key_in_the_query_string_is_no_key(staff: Staff) -> None:
    program = await staff.program(Permission.TICKETS_READ)
    key = program.headers["authorization"].removeprefix("Bearer ")
    for name in ("key", "api_key", "token", "access_token", "authorization"):
        assert (await staff.client().get(f"{API}/tickets", params={name: key})).status_code == 401


async def test_an_invited_person_chooses_a_password_once(staff: Staff) -> None:
    admin = await staff.browser(Role.ADMIN)
    given = {"email": "new@desk.example", "name": "New", "role": "viewer", "categories": ["returns"]}
    invited = (await admin.http.post(f"{API}/people", json=given)).json()
    assert invited["person"]["status"] == "invited"
    token = invited["link"].rpartition("=")[2]
    weak = await staff.client().post(f"{API}/auth/password", json={"token": token, "password": "short"})
    assert weak.status_code == 422
    chosen = {"token": token, "password": PASSWORD}
    assert (await staff.client().post(f"{API}/auth/password", json=chosen)).json()["state"] == "signed_in"
    assert (await staff.client().post(f"{API}/auth/password", json=chosen)).status_code == 401
    me = (await (await staff.sign_in("new@desk.example")).http.get(ME)).json()
    assert (me["person"]["categories"], me["permissions"]) == (
        ["returns"],
        ["analytics:read", "tickets:read"],
    )


async def test_a_lost_password_is_mailed_and_ends_other_sessions(staff: Staff, desk: Desk) -> None:
    person = await staff.add("dana@desk.example")
    before = await staff.sign_in("dana@desk.example")
    for email in ("dana@desk.example", "nobody@desk.example"):
        answer = await staff.client().post(f"{API}/auth/forgotten", json={"email": email})
        assert answer.status_code == 202
    async with desk.db.transaction() as conn:
        token = await one_time.issue(conn, Purpose.RESET, person.person_id)
    chosen = {"token": token, "password": "another good password"}
    assert (await staff.client().post(f"{API}/auth/password", json=chosen)).status_code == 200
    assert (await before.http.get(ME)).status_code == 401
    assert (await _attempt(staff.client(), "dana@desk.example", PASSWORD)).status_code == 401


async def test_a_link_is_for_its_own_purpose(staff: Staff, desk: Desk) -> None:
    person = await staff.add("dana@desk.example")
    async with desk.db.transaction() as conn:
        link = await one_time.issue(conn, Purpose.SIGN_IN, person.person_id)
        reset = await one_time.issue(conn, Purpose.RESET, person.person_id)
    client = staff.client()
    assert (await client.post(f"{API}/auth/link", json={"token": reset})).status_code == 401
    chosen = {"token": link, "password": PASSWORD}
    assert (await client.post(f"{API}/auth/password", json=chosen)).status_code == 401
    assert (await client.post(f"{API}/auth/link", json={"token": link})).status_code == 200
    assert (await staff.client().post(f"{API}/auth/link", json={"token": link})).status_code == 401


async def test_the_first_admin_is_made_once(staff: Staff, desk: Desk) -> None:
    async with desk.db.transaction() as conn:
        links = [await one_time.issue(conn, Purpose.FIRST_ADMIN) for _ in range(2)]
    given = {"email": "first@desk.example", "name": "First", "password": PASSWORD}
    made = await staff.client().post(f"{API}/auth/first-admin", json={**given, "token": links[0]})
    assert made.json()["person"]["role"] == "admin"
    second = {**given, "email": "second@desk.example", "token": links[1]}
    assert (await staff.client().post(f"{API}/auth/first-admin", json=second)).status_code == 409


async def test_fields_that_are_not_a_callers_to_give_are_refused(staff: Staff) -> None:
    admin = await staff.browser(Role.ADMIN)
    person = {"email": "x@desk.example", "name": "X", "role": "viewer"}
    for more in ({"person_id": "mine"}, {"password_hash": "x"}, {"has_totp": False}):
        assert (await admin.http.post(f"{API}/people", json={**person, **more})).status_code == 422
    manager = await staff.browser(Role.MANAGER)
    own = (await manager.http.get(ME)).json()["person"]["person_id"]
    assert (await manager.http.patch(f"{API}/people/{own}", json={"role": "admin"})).status_code == 403


async def test_the_last_admin_stays(staff: Staff) -> None:
    admin = await staff.browser(Role.ADMIN)
    own = (await admin.http.get(ME)).json()["person"]["person_id"]
    for change in ({"role": "viewer"}, {"disabled": True}):
        assert (await admin.http.patch(f"{API}/people/{own}", json=change)).status_code == 409
    await staff.add("second@desk.example", Role.ADMIN)
    assert (await admin.http.patch(f"{API}/people/{own}", json={"role": "viewer"})).status_code == 200
    assert (await admin.http.get(f"{API}/people")).status_code == 403, "it counts at once"


async def test_sessions_are_seen_and_ended(staff: Staff) -> None:
    await staff.add("dana@desk.example")
    laptop, phone = await staff.sign_in("dana@desk.example"), await staff.sign_in("dana@desk.example")
    listed = (await laptop.http.get(f"{ME}/sessions")).json()["sessions"]
    assert [session["is_current"] for session in listed] == [False, True]
    other = await staff.browser(Role.MANAGER)
    assert (await other.http.delete(f"{ME}/sessions/{listed[0]['session_id']}")).status_code == 404
    assert (await laptop.http.delete(f"{ME}/sessions/{listed[0]['session_id']}")).status_code == 204
    assert (await phone.http.get(ME)).status_code == 401
    assert (await laptop.http.get(ME)).status_code == 200


async def test_keys_work_until_they_are_revoked(staff: Staff) -> None:
    admin = await staff.browser(Role.ADMIN)
    made = (await admin.http.post(f"{API}/keys", json={"name": "Shop", "scopes": ["tickets:read"]})).json()
    program = staff.client(Authorization=f"Bearer {made['key']}")
    assert (await program.get(f"{API}/tickets")).status_code == 200
    listed = (await admin.http.get(f"{API}/keys")).json()["keys"]
    assert made["key"].rpartition("_")[2] not in json.dumps(listed)
    assert listed[0]["used_at"] is not None
    assert (await admin.http.delete(f"{API}/keys/{made['key_id']}")).status_code == 200
    assert (await program.get(f"{API}/tickets")).status_code == 401


async def test_an_unknown_account_costs_the_same_work(staff: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    await staff.add("dana@desk.example")
    looked: list[str] = []
    verify = passwords._verify

    def counted(password_hash: str, password: str) -> bool:
        looked.append(password_hash)
        return verify(password_hash, password)

    monkeypatch.setattr(passwords, "_verify", counted)
    for email in ("dana@desk.example", "nobody@desk.example"):
        await _attempt(staff.client(), email, "not this one")
    assert len(looked) == 2
    costs = {password_hash.split("$")[3] for password_hash in looked}
    assert len(costs) == 1, "the same passes over the same memory"
