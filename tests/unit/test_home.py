"""The home: private, with a key that is whole."""

import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from frontdesk.errors import SetupError
from frontdesk.home import open_home, secret_of
from frontdesk.settings import Settings

SETTINGS = Settings(_env_file=None, secret_key=None)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_home_and_its_folders_are_private_also_where_they_were_not(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "mail").mkdir(parents=True, mode=0o755)
    home.chmod(0o755)
    open_home(home)
    assert [_mode(home), _mode(home / "mail"), _mode(home / "blobs")] == [0o700] * 3


def test_a_key_is_made_once_and_stays(tmp_path: Path) -> None:
    made = secret_of(SETTINGS, tmp_path)
    assert len(made) == 64
    assert secret_of(SETTINGS, tmp_path) == made
    assert _mode(tmp_path / "secret.key") == 0o600


@pytest.mark.parametrize("content", [b"", b"\n", b"3fa9"])
def test_a_key_that_was_cut_short_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret.key").write_bytes(content)
    with pytest.raises(SetupError, match="empty or cut short"):
        secret_of(SETTINGS, tmp_path)


def test_the_settings_key_wins_and_must_be_long_enough(tmp_path: Path) -> None:
    long, short = ({"secret_key": SecretStr(key)} for key in ("k" * 16, "k" * 15))
    assert secret_of(SETTINGS.model_copy(update=long), tmp_path) == b"k" * 16
    with pytest.raises(SetupError, match="SECRET_KEY"):
        secret_of(SETTINGS.model_copy(update=short), tmp_path)
