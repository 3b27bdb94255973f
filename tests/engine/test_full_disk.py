"""No room for a file: nothing half written stays, and a mail waits as it would for a server that is away."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest

from frontdesk.engine.blobs import FolderBlobs
from frontdesk.engine.mail_schedule import SERVER_AWAY
from frontdesk.engine.mailer import FolderMailer
from frontdesk.errors import MailDelayed, Unavailable
from tests.engine.smtp import MAIL


@pytest.fixture
def _full(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("frontdesk.kit.files.os.fsync", no_room)


@pytest.mark.usefixtures("_full")
async def test_a_full_mail_folder_is_a_delay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mailer = FolderMailer(tmp_path / "mail")
    with pytest.raises(MailDelayed, match="No space left") as delayed:
        await mailer.send(MAIL)
    assert delayed.value.longest_wait == SERVER_AWAY
    assert not list((tmp_path / "mail").iterdir())
    monkeypatch.undo()
    await mailer.send(MAIL)
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 1


@pytest.mark.usefixtures("_full")
async def test_a_file_that_finds_no_room_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await FolderBlobs(tmp_path).put(b"x" * 1000)
    assert not list(tmp_path.glob("*/*"))


async def test_what_a_killed_process_left_half_written_goes(tmp_path: Path) -> None:
    blobs = FolderBlobs(tmp_path)
    key = await blobs.put(b"whole")
    part = tmp_path / key[:2] / f".{key}.abc.part"
    part.write_bytes(b"ha")
    assert await blobs.older_than(timedelta(days=1)) == []
    assert part.exists()
    assert await blobs.older_than(timedelta(seconds=-5)) == [key]
    assert not part.exists()
