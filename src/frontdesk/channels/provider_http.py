"""Talk to a provider over HTTP: what a failure means for a send is told in the desk's own errors."""

from base64 import b64encode
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2

from frontdesk.channels.body import json_value
from frontdesk.errors import BadRequest, FileRefused, SendDelayed, SendUnknown, SetupError, Unavailable

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 30.0
MOST_ANSWER_BYTES = 1024 * 1024
MOST_REDIRECTS = 3
_NOT_LEFT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol)
_LATER = (408, 425, 429)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answered, whatever its status."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def json(self) -> dict[str, Any]:
        """The JSON object of the answer; an empty one where it is none."""
        try:
            value = json_value(self.body)
        except BadRequest:
            return {}
        return value if isinstance(value, dict) else {}

    @property
    def retry_after(self) -> float | None:
        return retry_after(self.headers.get("retry-after", ""))


class ProviderHttp:
    """One pool of connections to a provider, opened at first use; `name` is for errors.

    `hosts`: where files may be fetched from, with their subdomains, beside the host of `api`.
    """

    def __init__(self, name: str, api: str, setting: str, hosts: Collection[str] = ()) -> None:
        self.name = name
        self.api = api.rstrip("/")
        try:
            address = httpx2.URL(self.api)
        except httpx2.InvalidURL:
            address = httpx2.URL()
        if address.scheme not in ("http", "https") or not address.host:
            raise SetupError(f"{setting} is no address; it looks like https://graph.facebook.com/v26.0")
        self._own = (address.scheme, address.host, address.port)
        self._hosts = tuple(hosts)
        self._client: httpx2.AsyncClient | None = None

    async def call(self, method: str, path: str, **given: Any) -> Answer:
        """Ask once. Raises `SendDelayed` where nothing left, `SendUnknown` where the answer was not seen."""
        try:
            async with self._http().stream(method, self.api + path, **given) as answer:
                body = bytearray()
                async for piece in answer.aiter_raw():
                    body += piece
                    if len(body) > MOST_ANSWER_BYTES:
                        break
                return Answer(answer.status_code, dict(answer.headers), bytes(body))
        except _NOT_LEFT as error:
            raise SendDelayed(f"{self.name} cannot be reached: {type(error).__name__}") from None
        except httpx2.HTTPError as error:
            raise SendUnknown(
                f"{self.name} was not heard to the end ({type(error).__name__}): sent or not cannot be told"
            ) from None

    async def file(self, url: str, secret: Mapping[str, str]) -> AsyncIterator[bytes]:
        """A file's bytes. `secret` headers go to the first host alone, and only to hosts that are the provider's.

        Raises `FileRefused` or `Unavailable`.
        """
        try:
            async with self._opened(url, secret) as answer:
                async for piece in answer.aiter_raw():
                    yield piece
        except httpx2.HTTPError as error:
            raise Unavailable(
                f"the file did not come from {self.name} whole: {type(error).__name__}"
            ) from None

    @staticmethod
    def basic(user: str, password: str) -> str:
        """The header of HTTP Basic."""
        return "Basic " + b64encode(f"{user}:{password}".encode()).decode()

    async def aclose(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    @asynccontextmanager
    async def _opened(self, url: str, secret: Mapping[str, str]) -> AsyncIterator[httpx2.Response]:
        headers = dict(secret)
        for _ in range(MOST_REDIRECTS + 1):
            here = self._allowed(url)
            async with self._http().stream("GET", here, headers=headers) as answer:
                if not answer.is_redirect:
                    _must_be_there(answer, self.name)
                    yield answer
                    return
                there = here.join(answer.headers.get("location", ""))
            if there.host != here.host:
                headers = {}
            url = str(there)
        raise FileRefused(f"{self.name} sends from one address of the file to another")

    def _allowed(self, url: str) -> httpx2.URL:
        try:
            address = httpx2.URL(url)
        except httpx2.InvalidURL:
            raise FileRefused(f"{self.name} gives no address of the file") from None
        own = (address.scheme, address.host, address.port) == self._own
        known = address.scheme == "https" and address.port is None and self._is_known(address.host)
        if not (own or known):
            raise FileRefused("the file lies with a host that is not the provider's")
        return address

    def _is_known(self, host: str) -> bool:
        return any(host == known or host.endswith("." + known) for known in self._hosts)

    def _http(self) -> httpx2.AsyncClient:
        if self._client is None:
            timeout = httpx2.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
            self._client = httpx2.AsyncClient(
                timeout=timeout, follow_redirects=False, headers={"Accept-Encoding": "identity"}
            )
        return self._client


def retry_after(value: str, now: datetime | None = None) -> float | None:
    """Seconds of a `Retry-After` header, which may be a date; None where it says nothing."""
    if value.isascii() and value.isdigit() and len(value) <= 9:
        return float(value)
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (aware - (now or datetime.now(UTC))).total_seconds())


def _must_be_there(answer: httpx2.Response, name: str) -> None:
    if answer.status_code in _LATER or answer.status_code >= 500:
        wait = retry_after(answer.headers.get("retry-after", ""))
        raise Unavailable(f"{name} answered {answer.status_code} for the file", retry_after=wait)
    if answer.status_code != 200:
        raise FileRefused(f"{name} does not give the file any more (it answered {answer.status_code})")
