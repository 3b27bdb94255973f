"""`frontdesk audit` from a shell."""

import json

import psycopg

from frontdesk.db.embedded import EmbeddedPostgres
from tests.cli.conftest import Shell


def dsn_of(shell: Shell) -> str:
    return EmbeddedPostgres(shell.home).start()


def seal(shell: Shell) -> None:
    """What the clock of a running desk does."""
    import asyncio

    from frontdesk.audit.sealer import seal as sealed
    from frontdesk.db.pool import Database
    from frontdesk.kit.keys import Keys

    async def run() -> None:
        db = Database(dsn_of(shell), size=2)
        await db.open()
        async with db.transaction() as conn:
            await sealed(conn, Keys((shell.home / "secret.key").read_bytes().strip()).audit)
        await db.close()

    asyncio.run(run())


def test_what_was_done_is_verified_and_exported_and_a_change_is_found_by_number(shell: Shell) -> None:
    assert shell.run("migrate").code == 0
    article = shell.home / "returns.md"
    article.write_text("# Returns\n\nYou can return it within 14 days.")
    assert shell.run("kb", "add", str(article)).code == 0
    before = shell.run("audit", "verify")
    assert (before.code, "not sealed yet" in before.out) == (0, True), before.err
    seal(shell)
    whole = shell.run("audit", "verify")
    assert whole.code == 0, whole.err
    head = whole.out.split("head ")[1].strip()
    assert shell.run("audit", "verify", "--head", head).code == 0

    exported = shell.run("audit", "export", "--object", "article", "-o", "-")
    [line] = map(json.loads, exported.out.splitlines())
    assert (line["action"], line["actor"]["name"], line["number"]) == ("article.added", "operator", 1)
    assert head in exported.err
    file = shell.home / "audit.jsonl"
    assert shell.run("audit", "export", "--actor", "nobody", "-o", str(file)).code == 0
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("", 0o600)

    with psycopg.connect(dsn_of(shell), autocommit=True) as owner:
        owner.execute("set session_replication_role = replica")
        owner.execute("update audit_entry set actor_id = 'somebody' where number = 1")
    shell.run("audit", "verify").assert_failed(1, "entry 1", "changed")


def test_wrong_words_are_told(shell: Shell) -> None:
    shell.run("audit", "verify", "--head", "12").assert_failed(2, "1234:")
    shell.run("audit", "export", "--since", "yesterday", "-o", "-").assert_failed(2, "2026-11-01")
