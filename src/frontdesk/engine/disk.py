"""Room on the desk's disks: where little is left new work is refused, before the database dies of a full one."""

import errno
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import structlog
from prometheus_client import Gauge

from frontdesk.errors import Unavailable

LOOK_SECONDS = 1.0
RETRY_AFTER = 30.0
FULL_DISK = "the desk's disk is full: free some space, nothing was lost"
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the system says to who writes onto a full disk, or beyond a quota."""

_log = structlog.get_logger("frontdesk.disk")
_free = Gauge(
    "support_disk_free_bytes", "Free space where the desk's home and its embedded database are", ["of"]
)
_low = Gauge("support_disk_low", "1 while new work is refused for lack of space")


class Disk:
    """The folders that need room, by what they hold; `low_megabytes` 0: nothing is ever refused."""

    def __init__(self, folders: Mapping[str, Path], low_megabytes: int) -> None:
        self._folders = dict(folders)
        self._low = low_megabytes * 2**20
        self._looked = -LOOK_SECONDS
        self._is_low = False

    @property
    def is_low(self) -> bool:
        self.look()
        return self._is_low

    def look(self) -> None:
        """At most once a second."""
        if time.monotonic() - self._looked >= LOOK_SECONDS:
            self._looked = time.monotonic()
            self._tell(min((self._measure(of) for of in self._folders), default=self._low) < self._low)

    def require_room(self) -> None:
        """Raises `Unavailable` where new work must wait for space."""
        if self.is_low:
            raise Unavailable(
                "the desk's disk is nearly full: new work is taken when there is space again",
                retry_after=RETRY_AFTER,
            )

    def _measure(self, of: str) -> int:
        try:
            free = shutil.disk_usage(self._folders[of]).free
        except OSError:  # a folder that cannot be asked is no reason to refuse work
            return self._low
        _free.labels(of).set(free)
        return free

    def _tell(self, is_low: bool) -> None:
        _low.set(is_low)
        if is_low and not self._is_low:
            _log.error("disk_low", below_megabytes=self._low // 2**20)
        if self._is_low and not is_low:
            _log.warning("disk_has_room")
        self._is_low = is_low


def is_full(error: BaseException | None) -> bool:
    """Whether this is a full disk, told by the system or behind another error."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in FULL:
            return True
        error = error.__cause__
    return False
