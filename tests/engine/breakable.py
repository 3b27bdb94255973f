"""A PostgreSQL of its own that a test may break and mend."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg

from frontdesk.db.embedded import EmbeddedPostgres

_FAST = ("-c fsync=off", "-c full_page_writes=off")


class BreakablePostgres:
    def __init__(self, home: Path) -> None:
        self.home = home
        self._holders = [EmbeddedPostgres(home, _FAST)]
        self.dsn = self._holders[0].start()
        with psycopg.connect(self.dsn) as conn:
            self.data = Path(str(conn.execute("show data_directory").fetchone()[0]))  # type: ignore[index]  # SHOW has a row

    @property
    def pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    def break_down(self) -> None:
        """An immediate shutdown, as by a crash: no farewell to anybody, recovery at the next start."""
        server = psutil.Process(self.pid)
        server.send_signal(signal.SIGQUIT)
        server.wait(30)

    def mend(self) -> None:
        """Whoever asks for the embedded database next starts it again."""
        self._holders.append(EmbeddedPostgres(self.home, _FAST))
        self._holders[-1].start()

    def stop(self) -> None:
        for holder in self._holders:
            holder.stop()
        self._holders.clear()


def is_running(pid: int) -> bool:
    with suppress(psutil.NoSuchProcess):
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    return False


@contextmanager
def postgres_under(home: Path) -> Iterator[BreakablePostgres]:
    server = BreakablePostgres(home)
    try:
        yield server
    finally:
        server.stop()
        if os.geteuid() == 0:  # then the data lies outside of the home, which pytest clears
            shutil.rmtree(server.data.parent, ignore_errors=True)
