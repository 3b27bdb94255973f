"""The desk speaks TLS by itself, and its cookies then travel by TLS alone; trusted proxies are believed."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from bench.place import free_port
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from frontdesk.desk import Desk
from frontdesk.kit.tasks import end
from frontdesk.settings import Settings
from frontdesk.web.app import create_app
from frontdesk.web.server import serve
from tests.web.access.conftest import PASSWORD, Staff
from tests.web.conftest import API


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Of this machine, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    files = tmp_path / "desk.pem", tmp_path / "desk.key"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    files[1].write_bytes(private)
    return files


@asynccontextmanager
async def _served(desk: Desk, settings: Settings) -> AsyncIterator[int]:
    port, listens = free_port(), asyncio.Event()
    app = create_app(dataclasses.replace(desk, settings=settings))
    server = asyncio.create_task(serve(app, settings, (port,), listens.set))
    try:
        await listens.wait()
        yield port
    finally:
        await end([server])


async def test_over_tls_cookies_are_secure(desk: Desk, staff: Staff, certificate: tuple[Path, Path]) -> None:
    await staff.add("dana@desk.example")
    settings = desk.settings.model_copy(update={"tls_certificate": certificate[0], "tls_key": certificate[1]})
    body = {"email": "dana@desk.example", "password": PASSWORD}
    async with _served(desk, settings) as port, httpx2.AsyncClient(verify=False) as browser:
        answer = await browser.post(f"https://127.0.0.1:{port}{API}/auth/sign-in", json=body)
        assert answer.status_code == 200
        assert all("Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))
        assert (await browser.get(f"https://127.0.0.1:{port}{API}/tickets")).status_code == 200


@pytest.mark.parametrize(("trusted", "address"), [((), "203.0.113.9"), (("10.9.9.9",), "127.0.0.1")])
async def test_a_proxys_word_counts_where_it_is_trusted(
    desk: Desk, staff: Staff, trusted: tuple[str, ...], address: str
) -> None:
    await staff.add("dana@desk.example")
    settings = desk.settings.model_copy(update={"trusted_proxies": trusted})
    body = {"email": "dana@desk.example", "password": PASSWORD}
    forwarded = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}
    async with _served(desk, settings) as port, httpx2.AsyncClient() as browser:
        answer = await browser.post(
            f"http://127.0.0.1:{port}{API}/auth/sign-in", json=body, headers=forwarded
        )
    is_believed = not trusted  # loopback, where nobody else is named
    assert {"Secure" in cookie for cookie in answer.headers.get_list("set-cookie")} == {is_believed}
    person = await staff.sign_in("dana@desk.example")
    sessions = (await person.http.get(f"{API}/auth/me/sessions")).json()["sessions"]
    assert sessions[-1]["network"] == address
