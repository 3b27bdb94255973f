"""No address that a person can give makes the desk ask it (SSRF)."""

import asyncio
import socket
from collections.abc import Iterator

import pytest

from frontdesk.access.roles import Role
from tests.web.access.conftest import Staff
from tests.web.conftest import API


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening.setblocking(False)
        yield listening


async def test_addresses_in_articles_messages_and_fields_are_never_asked(
    staff: Staff, trap: socket.socket
) -> None:
    admin = (await staff.browser(Role.ADMIN)).http
    url = f"http://127.0.0.1:{trap.getsockname()[1]}/secret"
    page = (
        f"# Rules\n\n![look]({url})\n\n<img src='{url}'><link rel=stylesheet href='{url}'>\n\n[more]({url})"
    )
    for name in ("rules.md", "rules.html"):
        uploaded = await admin.post(
            f"{API}/kb/upload", files={"file": (name, page.encode())}, data={"source_url": url, "source": url}
        )
        assert uploaded.status_code == 201, uploaded.text
    given = {"subject": url, "body": f"Look at {url}\n\n{page}", "channel": "web_form"}
    ticket = (await admin.post(f"{API}/tickets", json=given)).json()["ticket_id"]
    await admin.post(f"{API}/tickets/{ticket}/messages", json={"content": page})
    await admin.get(f"{API}/auth/oidc/start", params={"next": url})
    await asyncio.sleep(1)
    with pytest.raises(BlockingIOError):
        trap.accept()
