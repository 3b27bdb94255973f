"""Files that are whole or not there."""

import os
import resource
import stat
from pathlib import Path

import pytest

from frontdesk.kit.files import write_whole


def test_a_file_is_private_and_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "key", b"x" * 64)
    assert (tmp_path / "key").read_bytes() == b"x" * 64
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["key"]


def test_one_that_stands_is_replaced_only_where_that_is_meant(tmp_path: Path) -> None:
    write_whole(tmp_path / "key", b"first")
    write_whole(tmp_path / "key", b"second", replace=False)
    assert (tmp_path / "key").read_bytes() == b"first"
    write_whole(tmp_path / "key", b"third")
    assert (tmp_path / "key").read_bytes() == b"third"
    assert os.listdir(tmp_path) == ["key"]


def test_a_full_disk_leaves_what_was_there_and_nothing_else(tmp_path: Path) -> None:
    write_whole(tmp_path / "key", b"first")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(OSError):  # noqa: PT011  # EFBIG here, ENOSPC on a full disk
            write_whole(tmp_path / "key", b"x" * 64)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert os.listdir(tmp_path) == ["key"]
    assert (tmp_path / "key").read_bytes() == b"first"
