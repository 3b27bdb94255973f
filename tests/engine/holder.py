"""A process that holds the embedded database until its standard input is closed: `HOME [USER]`."""

import os
import sys
from pathlib import Path

import psycopg

from frontdesk.db import embedded_home
from frontdesk.db.embedded import EmbeddedPostgres


def main(home: str, user: str = "") -> None:
    if user:
        _become(int(user))
    server = EmbeddedPostgres(Path(home), ("-c fsync=off",))
    dsn = server.start()
    with psycopg.connect(dsn) as conn:
        row = conn.execute(
            "select pg_postmaster_start_time()::text, current_setting('data_directory')"
        ).fetchone()
    print(*(row or ()), sep="\t", flush=True)
    sys.stdin.read()
    server.stop()


def _become(user: int) -> None:
    """Everything is imported by now: the interpreter itself may lie where only root may read."""
    programs = embedded_home._programs()
    if not embedded_home._reachable(programs):
        programs = embedded_home._copy_programs(programs)
    embedded_home._programs = lambda: programs
    os.setgroups([])
    os.setgid(user)
    os.setuid(user)


if __name__ == "__main__":
    main(*sys.argv[1:])
