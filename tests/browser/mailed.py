"""What the desk wrote to a customer: the link into the portal."""

import email
import email.policy
import re
import time
from pathlib import Path

import pytest


def mailed_link(home: Path, address: str) -> str:
    """What the newest mail to this address leads to."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        for mail in (home / "mail").glob("portal.*.eml"):
            read = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
            link = re.search(r"http\S+/portal/enter#\S+", read.get_content())
            if link and read["To"] == address:
                return link.group()
        time.sleep(0.2)
    pytest.fail("no mail came")
