"""Talking to a provider: what its failures mean, and where files may come from."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from bench.place import free_port

from frontdesk.channels.provider_http import MOST_ANSWER_BYTES, ProviderHttp, retry_after
from frontdesk.errors import FileRefused, SendDelayed, SendUnknown, SetupError, Unavailable
from tests.emulators.http_stub import DROP, Asked, HttpStub, Says, http_stub

SECRET = {"Authorization": "Bearer t"}


def answer(asked: Asked) -> Says | str:
    port = asked.headers["host"].partition(":")[2]
    says: dict[str, Says | str] = {
        "/drop": DROP,
        "/long": Says(200, b"x" * (3 * MOST_ANSWER_BYTES)),
        "/file": Says(200, b"bytes"),
        "/gone": Says(410),
        "/busy": Says(503, headers={"Retry-After": "7"}),
        "/away": Says(302, headers={"Location": "https://elsewhere.example/file"}),
        "/round": Says(302, headers={"Location": "/round"}),
        "/other": Says(302, headers={"Location": f"http://localhost:{port}/file"}),
        "/next": Says(307, headers={"Location": "/file"}),
    }
    return says.get(asked.path, Says(404))


@pytest.fixture(scope="module")
def stub() -> Iterator[HttpStub]:
    with http_stub(answer) as running:
        yield running


@pytest.fixture
def provider(stub: HttpStub) -> ProviderHttp:
    return ProviderHttp("Shop", stub.url, "SHOP_API_URL", ["files.example"])


async def test_who_cannot_be_reached_took_nothing() -> None:
    with pytest.raises(SendDelayed):
        await ProviderHttp("Shop", f"http://127.0.0.1:{free_port()}", "X").call("POST", "/")


async def test_who_is_not_heard_to_the_end_may_have_taken_it(provider: ProviderHttp) -> None:
    with pytest.raises(SendUnknown):
        await provider.call("POST", "/drop")


async def test_an_answer_is_not_read_for_ever(provider: ProviderHttp) -> None:
    assert len((await provider.call("GET", "/long")).body) < 2 * MOST_ANSWER_BYTES


async def fetched(provider: ProviderHttp, url: str) -> bytes:
    return b"".join([piece async for piece in provider.file(url, SECRET)])


async def test_a_file_is_fetched_with_the_secret_also_behind_a_redirect(
    provider: ProviderHttp, stub: HttpStub
) -> None:
    assert await fetched(provider, stub.url + "/next") == b"bytes"
    assert stub.asked[-1].headers["authorization"] == "Bearer t"


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://evil.example/file",
        "http://files.example/file",
        "https://files.example:8443/file",
        "https://files.example.evil.example/",
        "https://xfiles.example/",
        "file:///etc/passwd",
        "",
        "http://[",
    ],
)
async def test_a_file_comes_from_the_providers_hosts_alone(provider: ProviderHttp, url: str) -> None:
    with pytest.raises(FileRefused):
        await fetched(provider, url)


@pytest.mark.parametrize("path", ["/away", "/round", "/gone", "/other"])
async def test_a_file_that_is_gone_or_sent_elsewhere_is_refused(
    provider: ProviderHttp, stub: HttpStub, path: str
) -> None:
    with pytest.raises(FileRefused):
        await fetched(provider, stub.url + path)


async def test_a_file_may_have_to_wait(provider: ProviderHttp, stub: HttpStub) -> None:
    with pytest.raises(Unavailable) as failed:
        await fetched(provider, stub.url + "/busy")
    assert failed.value.retry_after == 7


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5.0),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("Sun, 29 Nov 2026 12:00:30 GMT", 30.0),
        ("Sun, 29 Nov 2026 11:00:00 GMT", 0.0),
    ],
)
def test_a_wait_is_told_in_seconds_or_as_a_date(value: str, seconds: float | None) -> None:
    assert retry_after(value, datetime(2026, 11, 29, 12, tzinfo=UTC)) == seconds


@pytest.mark.parametrize("api", ["", "graph.facebook.com", "ftp://x"])
def test_an_address_that_is_none_is_a_wrong_setting(api: str) -> None:
    with pytest.raises(SetupError, match="SHOP_API_URL"):
        ProviderHttp("Shop", api, "SHOP_API_URL")
