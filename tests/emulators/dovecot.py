"""A real IMAP server (Debian's dovecot): each user name is a mailbox, the password is `secret`."""

import getpass
import grp
import imaplib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.place import free_port

PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
WHY_NOT = "dovecot is not installed (apt-get install dovecot-imapd)"
PASSWORD = "secret"
_CONF = """
base_dir = {run}/run
state_dir = {run}/state
log_path = {run}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{run}/box/%u
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
mail_fsync = never
mailbox_idle_check_interval = 1s
{more}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={run}/box/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
}}
"""


class Dovecot:
    def __init__(self, folder: Path, more: str = "") -> None:
        """`folder` must be open to the user that it runs as."""
        self.port = free_port()
        self._folder = folder
        self._more = more
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, wait: float = 20.0) -> None:
        """Raises `TimeoutError` where it does not listen in time."""
        assert PROGRAM is not None
        user, group = _who()
        (self._folder / "box").mkdir(exist_ok=True)
        if os.getuid() == 0:
            shutil.chown(self._folder / "box", user, group)
        values = {"run": self._folder, "user": user, "group": group, "port": self.port, "password": PASSWORD}
        conf = self._folder / "dovecot.conf"
        conf.write_text(_CONF.format(more=self._more, **values))
        self._process = subprocess.Popen([PROGRAM, "-F", "-c", conf], stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + wait
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                self.stop()
                raise TimeoutError("dovecot did not start")
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(10)
            self._process = None

    def append(self, user: str, mails: Sequence[bytes], folder: str = "INBOX") -> None:
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=20) as imap:
            imap.login(user, PASSWORD)
            for mail in mails:
                assert imap.append(folder, "", "", mail)[0] == "OK"

    def rebuild(self, user: str) -> None:
        """As after a restore: the same mails under other numbers."""
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=20) as imap:
            imap.login(user, PASSWORD)
            imap.select("INBOX")
            imap.create("kept")
            imap.copy("1:*", "kept")
            imap.close()
            imap.rename("INBOX", "gone")  # INBOX is empty now, and counts on: its index goes too
        inbox = self._folder / "box" / user
        for index in inbox.glob("dovecot*"):
            index.unlink(missing_ok=True)
        time.sleep(1.1)  # a validity is a time in seconds
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=20) as imap:
            imap.login(user, PASSWORD)
            imap.select("kept")
            imap.copy("1:*", "INBOX")

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as conn:
                return conn.recv(4) == b"* OK"
        except OSError:
            return False


@contextmanager
def served(more: str = "") -> Iterator[Dovecot]:
    """Outside of pytest's folders, which every run closes to other users: as root, dovecot serves as nobody."""
    with tempfile.TemporaryDirectory(prefix="dovecot-") as folder:
        Path(folder).chmod(0o711)
        server = Dovecot(Path(folder), more)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _who() -> tuple[str, str]:
    if os.getuid() == 0:
        return "nobody", "nogroup"
    return getpass.getuser(), grp.getgrgid(os.getgid()).gr_name
