"""Writes files completely or not at all, readable by their owner only."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, data: bytes, *, replace: bool = True) -> None:
    """Write through a temporary file, so that a crash or a full disk leaves no partial file; mode 0600.

    With `replace=False` an existing file is kept. Raises `OSError`, after removing the temporary file.
    """
    with written_whole(path, replace=replace) as file:
        file.write(data)


@contextmanager
def written_whole(path: Path, *, replace: bool = True) -> Iterator[BinaryIO]:
    """The same for what is written bit by bit: the file appears when the block ends well."""
    scratch = path.with_name(f".{path.name}.{secrets.token_hex(6)}.part")
    try:
        descriptor = os.open(scratch, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if replace:
            scratch.replace(path)
        else:
            _link(scratch, path)
        _sync_folder(path.parent)
    finally:
        scratch.unlink(missing_ok=True)


def _link(scratch: Path, path: Path) -> None:
    with suppress(FileExistsError):  # another process was first, and its file is complete
        os.link(scratch, path)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a crash."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
