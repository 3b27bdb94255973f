"""The code of an authenticator app after the password, and the way out for who lost it."""

from datetime import UTC, datetime, timedelta

import pyotp

from frontdesk.access.roles import Role
from frontdesk.desk import Desk
from tests.web.access.conftest import PASSWORD, Staff
from tests.web.conftest import API

ME = f"{API}/auth/me"
SIGN_IN = {"email": "dana@desk.example", "password": PASSWORD}


async def test_an_authenticator_app_is_asked_for_after_the_password(staff: Staff) -> None:
    await staff.add("dana@desk.example")
    browser = await staff.sign_in("dana@desk.example")
    refused = await browser.http.post(f"{ME}/totp", json={"password": "not this one"})
    assert refused.status_code == 403, "an open screen alone changes no credentials"
    begun = (await browser.http.post(f"{ME}/totp", json={"password": PASSWORD})).json()
    app = pyotp.TOTP(begun["secret"])
    earlier, now = (app.at(datetime.now(UTC) - timedelta(seconds=seconds)) for seconds in (30, 0))
    wrong = {"setup": begun["setup"], "code": "000000" if earlier != "000000" else "111111"}
    assert (await browser.http.put(f"{ME}/totp", json=wrong)).status_code == 422
    assert (await browser.http.put(f"{ME}/totp", json={**wrong, "code": earlier})).status_code == 204
    client = staff.client()
    half = (await client.post(f"{API}/auth/sign-in", json=SIGN_IN)).json()
    assert (half["state"], half["factors"]) == ("second_factor", ["totp"])
    assert (await client.get(ME)).status_code == 401
    used = {"challenge": half["challenge"], "code": earlier}
    assert (await client.post(f"{API}/auth/code", json=used)).status_code == 401, "a code works once"
    right = {**used, "code": now}
    assert (await client.post(f"{API}/auth/code", json=right)).status_code == 200
    assert (await client.get(ME)).status_code == 200
    assert (await staff.client().post(f"{API}/auth/code", json=right)).status_code == 401


async def test_an_admin_removes_a_lost_second_factor(staff: Staff, desk: Desk) -> None:
    person = await staff.add("dana@desk.example")
    async with desk.db.connection() as conn:
        await conn.execute("update person set totp_key = 'x' where person_id = %s", (person.person_id,))
    admin = await staff.browser(Role.ADMIN)
    removed = await admin.http.delete(f"{API}/people/{person.person_id}/second-factors")
    assert removed.status_code == 204
    assert (await staff.sign_in("dana@desk.example")).csrf
