"""`frontdesk widget key`: the key that sessions prove customers by."""

import os
import subprocess
import sys
from pathlib import Path

from frontdesk.kit.keys import Keys

SECRET = "a-secret-of-a-desk-0123456789"


def _key(home: Path, *options: str, **extra: str) -> str:
    plain = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
    desk = {"FRONTDESK_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    shown = subprocess.run(
        [sys.executable, "-m", "frontdesk", "widget", "key", *options],
        env=plain | desk | extra,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (shown.returncode, shown.stderr) == (0, "")
    return shown.stdout.strip()


def test_it_prints_the_key_that_sessions_are_proven_by(tmp_path: Path) -> None:
    assert _key(tmp_path, SECRET_KEY=SECRET) == Keys(SECRET.encode()).identity()


def test_without_a_secret_in_the_settings_the_key_comes_from_the_homes_own(tmp_path: Path) -> None:
    printed = _key(tmp_path)
    secret = (tmp_path / "secret.key").read_bytes().strip()
    assert printed == Keys(secret).identity() == _key(tmp_path)


def test_another_account_has_another_key(tmp_path: Path) -> None:
    shown = _key(tmp_path, "--account", "shop-2", SECRET_KEY=SECRET)
    assert shown == Keys(SECRET.encode()).identity("shop-2") != Keys(SECRET.encode()).identity()
