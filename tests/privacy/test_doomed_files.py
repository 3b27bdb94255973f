"""Files that an erasure named are removed, by whoever comes first: the process itself, or the clock after its death."""

from pathlib import Path

from frontdesk.db.pool import Database
from frontdesk.engine.blobs import FolderBlobs
from frontdesk.privacy import doomed_files
from frontdesk.privacy.doomed_files import DoomedFiles


async def test_what_a_killed_erasure_left_is_removed_once(db: Database, tmp_path: Path) -> None:
    blobs, mails = FolderBlobs(tmp_path / "blobs"), tmp_path / "mail"
    mails.mkdir()
    gone, kept = await blobs.put(b"marmalade"), await blobs.put(b"another's")
    for name in (
        "escalation.a-1@desk.example.eml",
        "escalation.a-1@desk.example.html",
        "escalation.a-12@x.eml",
    ):
        (mails / name).write_text("marmalade")
    async with db.transaction() as conn:
        await doomed_files.doom(conn, "blob", [gone, "0" * 32])
        await doomed_files.doom(conn, "mail", ["escalation.a-1", "escalation.nobody"])
    # Here the process was killed: another one finds what it named.
    assert await DoomedFiles(db, blobs, mails).remove() == 4
    assert await blobs.get(kept) == b"another's"
    assert [path.name for path in mails.iterdir()] == ["escalation.a-12@x.eml"]
    assert [path.name for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == [kept]
    assert await DoomedFiles(db, blobs, mails).remove() == 0
