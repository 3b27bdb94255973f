"""Passkeys of people (WebAuthn)."""

from frontdesk.db.pool import Connection, execute


async def remove_all(conn: Connection, person_id: str) -> None:
    await execute(conn, "delete from passkey where person_id = %s", (person_id,))
