"""The desk's home folder: private to its owner, with the key that signs."""

import os
import secrets
from pathlib import Path

from frontdesk.errors import SetupError
from frontdesk.kit.files import write_whole
from frontdesk.settings import Settings

PRIVATE = ("mail", "blobs")
"""Folders whose files hold what customers wrote."""


def open_home(home: Path) -> None:
    """Make the home, readable by its owner alone. Raises `SetupError` where it belongs to somebody else."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        if home.stat().st_uid != os.getuid():
            raise SetupError(
                f"{home} belongs to another user: name another folder with --home or FRONTDESK_HOME"
            )
        home.chmod(0o700)
        for name in PRIVATE:
            folder = home / name
            folder.mkdir(exist_ok=True, mode=0o700)
            folder.chmod(0o700)
    except OSError as error:
        raise SetupError(f"{home} cannot be used as the home: {error.strerror}") from error


def secret_of(settings: Settings, home: Path) -> bytes:
    """The secret that keys are derived from: of the settings, or made once into the home."""
    if settings.secret_key is not None:
        secret = settings.secret_key.get_secret_value().strip()
        if len(secret) < 16:
            raise SetupError("SECRET_KEY: at least 16 characters, such as `openssl rand -hex 32` prints")
        return secret.encode()
    file = home / "secret.key"
    if not file.exists():
        write_whole(file, secrets.token_hex(32).encode(), replace=False)
    secret_bytes = file.read_bytes().strip()
    if len(secret_bytes) < 16:
        raise SetupError(
            f"{file} is empty or cut short (was the disk full?): remove it to have a new key made; chat sessions"
            " and links in e-mails that were signed with the old one end"
        )
    return secret_bytes
