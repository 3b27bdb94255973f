"""Signing in at an identity provider that others wrote; and what its word does not reach."""

import dataclasses
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi import FastAPI

from frontdesk.access.access import access_of
from frontdesk.access.roles import Role
from frontdesk.desk import Desk, open_desk
from frontdesk.settings import Settings
from tests.emulators.oidc import CLIENT_ID, CLIENT_SECRET, WHY_NOT, IdentityProvider, is_installed, walk
from tests.journeys.scripted import ScriptedAnswerer, ScriptedReader
from tests.web.access.conftest import Staff
from tests.web.conftest import API, BASE

CALLBACK = f"{BASE}{API}/auth/oidc/callback"
ACCOUNTS: dict[str, dict[str, Any]] = {
    "dana": {
        "email": "dana@desk.example",
        "email_verified": True,
        "name": "Dana",
        "groups": ["support", "all"],
    },
    "lead": {
        "email": "lead@desk.example",
        "email_verified": True,
        "name": "Lead",
        "groups": ["support", "leads"],
    },
    "guest": {"email": "guest@desk.example", "email_verified": True, "name": "Guest", "groups": ["all"]},
    "liar": {"email": "boss@desk.example", "email_verified": False, "name": "Boss", "groups": ["leads"]},
}


@pytest.fixture(scope="module")
def provider() -> Iterator[IdentityProvider]:
    if not is_installed():
        pytest.skip(WHY_NOT)
    running = IdentityProvider(CALLBACK, ACCOUNTS)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def settings(settings: Settings, provider: IdentityProvider) -> Settings:
    given = {
        "port": 8000,  # the provider leads back to this address alone
        "oidc_issuer": provider.issuer,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": CLIENT_SECRET,
        "oidc_roles": {"support": "manager", "leads": "admin"},
    }
    return Settings(**(settings.model_dump() | given | {"_env_file": None}))


@pytest.fixture
async def desk(settings: Settings) -> AsyncIterator[Desk]:
    async with open_desk(settings, answerer=ScriptedAnswerer(), reader=ScriptedReader()) as opened:
        yield opened


async def _come_back(
    browser: httpx2.AsyncClient, login: str, next_page: str = "/console/"
) -> httpx2.Response:
    left = await browser.get(f"{API}/auth/oidc/start", params={"next": next_page})
    assert left.status_code == 303, left.text
    return await browser.get(await walk(left.headers["location"], login, CALLBACK))


async def _me(browser: httpx2.AsyncClient) -> dict[str, Any]:
    return dict((await browser.get(f"{API}/auth/me")).json())


async def test_a_group_makes_a_person_with_its_role(staff: Staff) -> None:
    browser = staff.client()
    back = await _come_back(browser, "dana", "/console/tickets/T-000001")
    assert (back.status_code, back.headers["location"]) == (303, "/console/tickets/T-000001")
    me = await _me(browser)
    assert (me["name"], me["person"]["role"], me["person"]["status"]) == ("Dana", "manager", "active")
    again = staff.client()
    await _come_back(again, "dana")
    assert (await _me(again))["id"] == me["id"]


async def test_the_strongest_of_several_groups_counts(staff: Staff) -> None:
    browser = staff.client()
    await _come_back(browser, "lead")
    assert (await _me(browser))["person"]["role"] == "admin"


async def test_an_invited_person_is_found_by_the_verified_address(staff: Staff) -> None:
    person = await staff.add("dana@desk.example", Role.VIEWER, ("returns",))
    browser = staff.client()
    await _come_back(browser, "dana")
    me = await _me(browser)
    assert (me["id"], me["person"]["role"], me["person"]["categories"]) == (
        person.person_id,
        "manager",
        ["returns"],
    )


@pytest.mark.parametrize(
    ("login", "address"), [("guest", "guest@desk.example"), ("liar", "boss@desk.example")]
)
async def test_strangers_and_unverified_addresses_stay_outside(
    staff: Staff, login: str, address: str
) -> None:
    await staff.add("boss@desk.example", Role.ADMIN)
    browser = staff.client()
    back = await _come_back(browser, login)
    assert back.headers["location"] == "/console/sign-in#error=forbidden"
    assert (await browser.get(f"{API}/auth/me")).status_code == 401
    admin = await staff.browser(Role.ADMIN)
    people = (await admin.http.get(f"{API}/people")).json()["people"]
    assert [person["has_passkey"] for person in people if person["email"] == address] in ([], [False])


async def test_a_disabled_person_stays_outside(staff: Staff) -> None:
    person = await staff.add("dana@desk.example")
    admin = await staff.browser(Role.ADMIN)
    await admin.http.patch(f"{API}/people/{person.person_id}", json={"disabled": True})
    browser = staff.client()
    assert (await _come_back(browser, "dana")).headers["location"].endswith("#error=unauthorized")


async def test_a_callback_belongs_to_the_browser_that_left_and_works_once(staff: Staff) -> None:
    browser, other = staff.client(), staff.client()
    left = await browser.get(f"{API}/auth/oidc/start")
    address = await walk(left.headers["location"], "dana", CALLBACK)
    assert (await other.get(address)).headers["location"].endswith("#error=unauthorized")
    assert (await browser.get(address)).headers["location"].endswith("#error=unauthorized"), "it was used"
    assert (await browser.get(f"{API}/auth/me")).status_code == 401


async def test_a_code_of_another_sign_in_is_refused(staff: Staff) -> None:
    browser = staff.client()
    first = await browser.get(f"{API}/auth/oidc/start")
    address = await walk(first.headers["location"], "dana", CALLBACK)
    code = parse_qs(urlsplit(address).query)["code"][0]
    second = await browser.get(f"{API}/auth/oidc/start")
    state = parse_qs(urlsplit(second.headers["location"]).query)["state"][0]
    swapped = await browser.get(CALLBACK, params={"code": code, "state": state})
    assert swapped.headers["location"].endswith("#error=unauthorized")


@pytest.mark.parametrize(
    "page", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "/act/x"]
)
async def test_nobody_is_led_away_from_the_desk(staff: Staff, page: str) -> None:
    assert (await _come_back(staff.client(), "dana", page)).headers["location"] == "/console/"


@pytest.mark.parametrize(
    "query", [{}, {"error": "access_denied", "state": "x"}, {"code": "x", "state": "y"}, {"code": "x"}]
)
async def test_whatever_else_comes_back_leads_to_the_sign_in(staff: Staff, query: dict[str, str]) -> None:
    back = await staff.client().get(CALLBACK, params=query)
    assert (back.status_code, back.headers["location"]) == (303, "/console/sign-in#error=unauthorized")


async def test_a_provider_that_is_away_is_said_so(desk: Desk, app: FastAPI, staff: Staff) -> None:
    away = desk.settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})
    access = access_of(away, desk.keys, desk.db, desk.lanes, desk.mailer)
    app.state.desk = dataclasses.replace(desk, access=access)
    assert (await staff.client().get(f"{API}/auth/oidc/start")).status_code == 503
