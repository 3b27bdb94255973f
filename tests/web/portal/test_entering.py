"""Into the portal: a link that anybody may ask for and only the mailbox's reader can use, once and for a while."""

from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from frontdesk.access.actor import OPERATOR
from frontdesk.customers import customer
from frontdesk.customers.customer import CustomerFacts
from frontdesk.desk import Desk
from frontdesk.kit.signing import sign
from frontdesk.portal import session as sessions
from frontdesk.web.portal.caller import COOKIE
from tests.web.conftest import API
from tests.web.portal.conftest import PORTAL, Portal

DANA = "dana@mail.example"


async def _known(desk: Desk, address: str) -> None:
    async with desk.db.transaction() as conn:
        await customer.of_proof(conn, CustomerFacts(email=address, name="Dana"))


async def test_the_link_opens_a_session_for_its_mailbox(portal: Portal) -> None:
    browser = await portal.enter(DANA)
    shown = (await browser.get(f"{PORTAL}/session")).json()
    assert (shown["email"], shown["identity_proof"]) == (DANA, "verified")
    assert (await browser.get(f"{PORTAL}/tickets")).json()["tickets"] == []


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(portal: Portal) -> None:
    await portal.ask(DANA)
    answer = await portal.browser().post(f"{PORTAL}/session", json={"token": (await portal.mail(DANA)).token})
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=lax", f"Path={PORTAL}"))
    assert COOKIE in cookie
    async with portal.desk.db.connection() as conn:
        kept = await (await conn.execute("select row_to_json(s)::text from portal_session s")).fetchone()
    assert kept is not None
    assert cookie.partition("=")[2].partition(";")[0] not in kept[0]


async def test_known_and_unknown_addresses_get_the_same_answer_and_the_same_mail(portal: Portal) -> None:
    await _known(portal.desk, DANA)
    answers = [await portal.ask(address) for address in (DANA, "nobody@mail.example")]
    assert {(answer.status_code, answer.text) for answer in answers} == {(202, answers[0].text)}
    mails = [await portal.mail(address) for address in (DANA, "nobody@mail.example")]
    assert len({mail.text.replace(mail.token, "") for mail in mails}) == 1


@pytest.mark.parametrize(
    ("locale", "word"),
    [("ru", "Здравствуйте"), ("kk", "Сәлеметсіз"), ("en", "Hello"), ("de", "Здравствуйте")],
)
async def test_the_mail_is_in_the_readers_language(portal: Portal, locale: str, word: str) -> None:
    await portal.ask(DANA, locale)
    assert word in (await portal.mail(DANA)).text


async def test_a_link_works_once(portal: Portal) -> None:
    await portal.ask(DANA)
    token = (await portal.mail(DANA)).token
    codes = [
        (await portal.browser().post(f"{PORTAL}/session", json={"token": token})).status_code
        for _ in range(3)
    ]
    assert codes == [200, 401, 401]


async def test_following_the_link_without_confirming_uses_nothing(portal: Portal) -> None:
    """A mail scanner fetches the page; its address has no token in it."""
    await portal.ask(DANA)
    token = (await portal.mail(DANA)).token
    for method in ("GET", "HEAD"):
        await portal.browser().request(method, "/portal/enter")
        await portal.browser().request(method, f"{PORTAL}/session?token={token}")
    assert (await portal.browser().post(f"{PORTAL}/session", json={"token": token})).status_code == 200


async def test_a_link_ends_with_its_time(portal: Portal) -> None:
    await portal.ask(DANA)
    token = (await portal.mail(DANA)).token
    async with portal.desk.db.connection() as conn:
        await conn.execute("update portal_session set link_ends_at = now() - interval '1 second'")
    assert (await portal.browser().post(f"{PORTAL}/session", json={"token": token})).status_code == 401


async def test_forged_and_foreign_tokens_open_nothing(portal: Portal) -> None:
    await portal.ask(DANA)
    token = (await portal.mail(DANA)).token
    body, _, seal = token.partition(".")
    async with portal.desk.db.connection() as conn:
        row = await (await conn.execute("select session_id from portal_session")).fetchone()
    assert row is not None
    soon = datetime.now(UTC) + timedelta(minutes=5)
    other_key = sign(b"another secret", "portal", {"s": row[0]}, soon)
    other_purpose = sign(portal.desk.keys.portal, "ticket-action", {"s": row[0]}, soon)
    unknown = sign(portal.desk.keys.portal, "portal", {"s": "no-such-session"}, soon)
    ended = sign(portal.desk.keys.portal, "portal", {"s": row[0]}, soon - timedelta(hours=1))
    for wrong in (other_key, other_purpose, unknown, ended, body, f"{body}.{seal[:-1]}A", "x", row[0], "é.é"):
        answer = await portal.browser().post(f"{PORTAL}/session", json={"token": wrong})
        assert answer.status_code == 401, wrong


async def test_a_session_ends_at_once_when_it_is_left(portal: Portal) -> None:
    browser = await portal.enter(DANA)
    token = browser.cookies[COOKIE]
    assert (await browser.delete(f"{PORTAL}/session")).status_code == 204
    stolen = portal.browser()
    stolen.cookies.set(COOKIE, token)
    assert (await stolen.get(f"{PORTAL}/tickets")).status_code == 401


async def test_a_session_ends_with_its_time_and_is_forgotten(portal: Portal) -> None:
    browser = await portal.enter(DANA)
    async with portal.desk.db.connection() as conn:
        await conn.execute("update portal_session set expires_at = now() - interval '1 second'")
    assert (await browser.get(f"{PORTAL}/session")).status_code == 401
    assert await sessions.forget_ended(portal.desk.db) == 1


async def test_writes_need_the_header_that_only_the_portals_pages_know(portal: Portal) -> None:
    browser = await portal.enter(DANA)
    for wrong in ("", "guess", "0" * 64):
        browser.headers["X-CSRF-Token"] = wrong
        for method, path in (
            ("POST", "tickets"),
            ("POST", "tickets/T-000001/messages"),
            ("DELETE", "session"),
        ):
            assert (await browser.request(method, f"{PORTAL}/{path}")).status_code == 403, (wrong, path)
    assert (await browser.get(f"{PORTAL}/session")).status_code == 200


@pytest.mark.parametrize("cookie", [None, "", "x", "a" * 500, "é"])
async def test_nobody_gets_in_without_a_session(portal: Portal, cookie: str | None) -> None:
    headers = {} if cookie is None else {b"Cookie": f"{COOKIE}={cookie}".encode()}
    for method, path in (
        ("GET", "session"), ("DELETE", "session"), ("GET", "tickets"), ("POST", "tickets"), ("GET", "tickets/T-000001"),
        ("POST", "tickets/T-000001/messages"), ("GET", "attachments/x"),
    ):  # fmt: skip
        answer = await portal.browser().request(method, f"{PORTAL}/{path}", headers=headers)
        assert answer.status_code == 401, (method, path)


async def test_one_mailbox_gets_few_links_and_others_go_on(portal: Portal) -> None:
    codes = [(await portal.ask(DANA)).status_code for _ in range(5)]
    assert codes == [202, 202, 202, 429, 429]
    assert (await portal.ask(DANA.upper())).status_code == 429
    assert (await portal.ask("other@mail.example")).status_code == 202


async def test_one_network_asks_for_few_links(portal: Portal) -> None:
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(portal.app, client=("203.0.113.9", 1)),
        base_url="http://127.0.0.1:8000",
    ) as stranger:
        codes = [
            (await stranger.post(f"{PORTAL}/links", json={"email": f"m{n}@mail.example"})).status_code
            for n in range(12)
        ]
    assert codes == [202] * 10 + [429] * 2


@pytest.mark.parametrize(
    "address", ["", "dana", "a@b@c", "dana@mail.example\r\nBcc: x@y.example", "a" * 400 + "@x.example"]
)
async def test_what_is_no_address_gets_no_mail(portal: Portal, address: str) -> None:
    assert (await portal.ask(address)).status_code == 422


async def test_signing_in_is_audited_without_the_address(portal: Portal) -> None:
    await portal.enter(DANA)
    async with portal.desk.db.connection() as conn:
        cursor = await conn.execute(
            "select actor_kind, object_kind, row_to_json(e)::text from audit_entry e where action = 'customer.signed_in'"
        )
        kept = await cursor.fetchall()
    assert [(row[0], row[1]) for row in kept] == [("customer", "session")]
    assert DANA not in kept[0][2]


async def test_an_erasure_ends_the_session_and_the_links(portal: Portal) -> None:
    await _known(portal.desk, DANA)
    browser, other = await portal.enter(DANA), await portal.enter("other@mail.example")
    await portal.ask(DANA)
    link = (await portal.mail(DANA)).token
    await portal.desk.privacy.eraser.erase(OPERATOR, DANA)
    assert (await browser.get(f"{PORTAL}/session")).status_code == 401
    assert (await portal.browser().post(f"{PORTAL}/session", json={"token": link})).status_code == 401
    assert (await other.get(f"{PORTAL}/session")).status_code == 200


async def test_the_portals_cookie_is_no_sign_in_of_staff(portal: Portal) -> None:
    browser = await portal.enter(DANA)
    browser.headers["Authorization"] = f"Bearer {browser.cookies[COOKIE]}"
    assert (await browser.get(f"{API}/tickets")).status_code == 401
