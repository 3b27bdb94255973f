"""Growing waits after failed sign-ins, by account and by network; unknown accounts wait like known ones."""

import hashlib
import ipaddress

from frontdesk.db.pool import Connection, execute, fetch_value
from frontdesk.errors import RateLimited

FORGOTTEN_AFTER_HOURS = 24
_LONGEST_SECONDS = 900


def of_account(email: str) -> str:
    """The address itself is not kept: it may be anybody's."""
    return "account:" + hashlib.sha256(email.strip().lower().encode()).hexdigest()


def of_person(person_id: str) -> str:
    """For the second factor: counted apart, so that whoever has the password guesses no code for free."""
    return f"account:{person_id}"


def of_network(address: str) -> str:
    """An IPv4 address, or the /64 that one household of IPv6 has."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "network:unknown"
    prefix = 64 if ip.version == 6 else 32
    return f"network:{ipaddress.ip_network((ip, prefix), strict=False)}"


def _free(subject: str) -> int:
    """So many failures cost nothing: people mistype, and many share a network."""
    return 5 if subject.startswith("account:") else 20


async def begin_attempt(conn: Connection, *subjects: str) -> None:
    """Count the attempt as failed before it is looked at, so that a hundred at once are counted too.

    The wait doubles from one second up to 15 minutes. Raises `RateLimited` with the seconds to wait, whether
    or not the account exists.
    """
    for subject in sorted(subjects):
        values = {
            "subject": subject,
            "free": _free(subject),
            "hours": FORGOTTEN_AFTER_HOURS,
            "longest": _LONGEST_SECONDS,
        }
        if not await execute(conn, _COUNT, values):
            wait = await fetch_value(conn, _WAIT, values)
            raise RateLimited("too many failed attempts: wait a moment", retry_after=wait or 1.0)


async def forgive(conn: Connection, account: str, network: str) -> None:
    """After a success: the account's failures were its owner's, and the network's attempt was none."""
    await execute(conn, "delete from sign_in_failure where subject = %s", (account,))
    await execute(
        conn,
        "update sign_in_failure set failures = failures - 1 where subject = %s and failures > 0",
        (network,),
    )


_COUNT = """
    insert into sign_in_failure as f (subject, failures) values (%(subject)s, 1)
    on conflict (subject) do update set
        failures = case when f.last_at < now() - make_interval(hours => %(hours)s) then 1 else f.failures + 1 end,
        last_at = now(),
        blocked_until = case
            when f.last_at < now() - make_interval(hours => %(hours)s) or f.failures < %(free)s then now()
            else now() + make_interval(secs => least(%(longest)s, 2 ^ least(f.failures - %(free)s, 20))) end
    where f.blocked_until <= now()
"""
_WAIT = (
    "select extract(epoch from blocked_until - now())::float from sign_in_failure where subject = %(subject)s"
)
