"""What of signing in is over does not stay: ended sessions with their addresses, used links, old failures."""

from typing import Final, LiteralString

from frontdesk.access.waits import FORGOTTEN_AFTER_HOURS
from frontdesk.db.pool import Database, execute

_ENDED: Final[tuple[LiteralString, ...]] = (
    "delete from one_time_token where expires_at < now() - interval '1 day'",
    "delete from sign_in where expires_at < now() or ended_at < now() - interval '30 days'"
    " or seen_at < now() - interval '30 days'",
    "delete from refresh_token where used_at < now() - interval '1 day' and exists ("
    "select from refresh_token newer where newer.session_id = refresh_token.session_id and newer.used_at is null)",
)
_FAILURES: Final = "delete from sign_in_failure where last_at < now() - make_interval(hours => %s)"


async def forget_ended(db: Database) -> int:
    """How many rows went."""
    async with db.transaction() as conn:
        gone = [await execute(conn, statement) for statement in _ENDED]
        return sum(gone) + await execute(conn, _FAILURES, (FORGOTTEN_AFTER_HOURS,))
