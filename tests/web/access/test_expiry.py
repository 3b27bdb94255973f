"""What is over goes; what is in use stays, and so does what shows a theft."""

from frontdesk.access.expiry import forget_ended
from frontdesk.desk import Desk
from tests.web.access.conftest import Staff
from tests.web.conftest import API

AGE = """
    update one_time_token set expires_at = now() - interval '2 days';
    update sign_in set ended_at = now() - interval '31 days' where ended_at is not null;
    update refresh_token set used_at = now() - interval '2 days' where used_at is not null;
    update sign_in_failure set last_at = now() - interval '2 days';
"""
COUNTS = (
    "select (select count(*) from one_time_token), (select count(*) from sign_in),"
    " (select count(*) from refresh_token), (select count(*) from sign_in_failure)"
)


async def test_what_is_over_goes_and_open_sessions_stay(staff: Staff, desk: Desk) -> None:
    await staff.add("dana@desk.example")
    browser, over = await staff.sign_in("dana@desk.example"), await staff.sign_in("dana@desk.example")
    await browser.http.post(f"{API}/auth/refresh")
    await over.http.post(f"{API}/auth/sign-out")
    await staff.client().post(f"{API}/auth/sign-in", json={"email": "x@desk.example", "password": "x"})
    async with desk.db.connection() as conn:
        await conn.execute(AGE)
    assert await forget_ended(desk.db) >= 4
    async with desk.db.connection() as conn:
        assert await (await conn.execute(COUNTS)).fetchone() == (0, 1, 1, 0)
    assert (await browser.http.post(f"{API}/auth/refresh")).status_code == 200
