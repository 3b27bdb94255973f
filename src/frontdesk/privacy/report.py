"""What was found of a customer, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from frontdesk.privacy.place import Kind


@dataclass(slots=True)
class Counted:
    rows: int = 0
    deleted: int = 0
    emptied: int = 0
    """Rows that stay for their figures, without words and names."""


@dataclass(slots=True)
class Report:
    kinds: dict[Kind, Counted] = field(default_factory=dict)
    files: int = 0
    """Attachments and kept mails that were found on disk."""
    classifiers: int = 0
    """Versions that had learned from the customer's words."""
    mails_sent: int = 0
    """To managers, by SMTP: what is in their mailboxes is theirs to delete."""
    dry_run: bool = False

    def of(self, kind: Kind) -> Counted:
        return self.kinds.setdefault(kind, Counted())

    def record(self) -> Mapping[str, object]:
        """As the API and the command line show it."""
        kinds = {
            kind.value: {"rows": now.rows, "deleted": now.deleted, "emptied": now.emptied}
            for kind in Kind
            if kind is not Kind.LANES and (now := self.kinds.get(kind, Counted()))
        }
        return {
            "dry_run": self.dry_run,
            "kinds": kinds,
            "files": self.files,
            "classifiers": self.classifiers,
            "mails_sent": self.mails_sent,
        }
