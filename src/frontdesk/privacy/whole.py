"""Export, erasure and retention, built once on what they share."""

from dataclasses import dataclass
from pathlib import Path

from frontdesk.db.pool import Database
from frontdesk.engine.blobs import Blobs
from frontdesk.engine.lanes import Lanes
from frontdesk.kit.keys import Keys
from frontdesk.privacy.doomed_files import DoomedFiles
from frontdesk.privacy.erase import Eraser
from frontdesk.privacy.export import Exporter
from frontdesk.privacy.retention import Kept, Retention
from frontdesk.settings import Settings
from frontdesk.tickets.apply import TicketChanges


@dataclass(frozen=True, slots=True)
class Privacy:
    eraser: Eraser
    exporter: Exporter
    retention: Retention


def privacy_of(
    settings: Settings, home: Path, lanes: Lanes, changes: TicketChanges, blobs: Blobs, keys: Keys
) -> Privacy:
    db: Database = lanes.db
    files = DoomedFiles(db, blobs, home / "mail")
    exporter = Exporter(db, blobs, keys, home / "exports")
    return Privacy(
        Eraser(db, lanes, changes, files, keys),
        exporter,
        Retention(db, changes, files, exporter, keys, Kept.of(settings)),
    )
