"""Where the embedded server lives: private, and made whole or made anew."""

import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from frontdesk.db.embedded import EmbeddedPostgres, forget
from frontdesk.db.embedded_home import find_place
from frontdesk.errors import SetupError

KILLS = int(os.environ.get("FRONTDESK_FIRST_START_KILLS", "6"))
"""200 by hand; a first start takes two seconds, and so does each that comes after."""


@pytest.fixture
def place_home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    return home


def test_the_sockets_folder_is_the_owners_alone(place_home: Path) -> None:
    server = EmbeddedPostgres(place_home)
    server.start()
    try:
        folder = find_place(place_home).socket
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert not stat.S_IMODE(find_place(place_home).data.stat().st_mode) & 0o077
    finally:
        server.stop()
        forget(place_home)


def test_a_folder_that_somebody_else_prepared_is_refused(place_home: Path, tmp_path: Path) -> None:
    folder = find_place(place_home).socket
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        (tmp_path / "elsewhere").mkdir()
        folder.symlink_to(tmp_path / "elsewhere")
        with pytest.raises(SetupError, match="is a link, or belongs to another user"):
            EmbeddedPostgres(place_home).start()
        folder.unlink()
        if os.geteuid() == 0:
            folder.mkdir()
            os.chown(folder, 65534, 65534)
            with pytest.raises(SetupError, match="belongs to another user"):
                EmbeddedPostgres(place_home).start()
    finally:
        forget(place_home)


@pytest.mark.timeout(60 + 15 * KILLS)
def test_a_first_start_that_is_killed_at_any_moment_is_made_good_by_the_next(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from frontdesk.db.embedded import EmbeddedPostgres;"
    code += "EmbeddedPostgres(Path(sys.argv[1])).start(); print('up', flush=True); sys.stdin.read()"
    draw = random.Random(7)
    for n in range(KILLS):
        home = tmp_path / f"home-{n}"
        first = subprocess.Popen(
            [sys.executable, "-c", code, str(home)], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        time.sleep(draw.uniform(0.1, 2.5))
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        server = EmbeddedPostgres(home)
        with psycopg.connect(server.start()) as conn:
            assert conn.execute("select 1").fetchone() == (1,)
        server.stop()
        forget(home)
