"""A client for model servers with JSON over HTTP: retries, and the desk's errors."""

import asyncio
import random
from typing import Any

import httpx2
from pydantic import SecretStr

from frontdesk.errors import FrontdeskError, ModelUnavailable, PermanentError, SetupError

_FIRST_WAIT = 0.5
_LONGEST_WAIT = 30.0
_LATER = {408, 425, 429, 500, 502, 503, 504, 529}
_NO_ACCESS = {401, 403}
_TOO_MUCH = {400, 413, 422}


class Refused(PermanentError):
    """The server refused the request as too long or malformed."""


class JsonServer:
    """One pool of connections to `root`, opened at first use. `settings_hint` names its settings, for errors."""

    def __init__(self, root: str, *, settings_hint: str, key: SecretStr | None = None) -> None:
        try:
            address = httpx2.URL(root)
        except httpx2.InvalidURL:
            address = httpx2.URL()
        if address.scheme not in ("http", "https") or not address.host:
            raise SetupError(f"{settings_hint}: {root!r} is no address; it looks like http://127.0.0.1:8080")
        # For errors, so without a login that the URL may contain.
        self.place = f"{address.scheme}://{address.netloc.decode()}"
        self._root = root.rstrip("/")
        self._settings_hint = settings_hint
        self._headers = {"Authorization": f"Bearer {key.get_secret_value().strip()}"} if key else {}
        self._client: httpx2.AsyncClient | None = None

    async def post(self, path: str, body: object, *, tries: int, timeout: float) -> Any:
        """The reply's JSON; `timeout` is in seconds for each try.

        Raises `ModelUnavailable` after `tries`, `SetupError` for an unknown key or model, `Refused`.
        """
        for attempt in range(1, tries + 1):
            try:
                return await self._try(path, body, timeout)
            except ModelUnavailable as error:
                if attempt == tries:
                    raise
                doubled = _FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(0.8, 1.2)
                await asyncio.sleep(min(max(doubled, error.retry_after or 0.0), _LONGEST_WAIT))
        raise ValueError("at least one try is needed")

    async def aclose(self) -> None:
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _try(self, path: str, body: object, timeout: float) -> Any:
        if self._client is None:
            self._client = httpx2.AsyncClient(headers=self._headers)
        try:
            answer = await self._client.post(self._root + path, json=body, timeout=timeout)
        except httpx2.TimeoutException:
            raise ModelUnavailable(f"{self.place} did not answer within {timeout:g} seconds") from None
        except httpx2.RequestError as error:
            raise ModelUnavailable(f"{self.place} cannot be reached: {type(error).__name__}") from None
        if answer.status_code != 200:
            raise self._failure(answer)
        try:
            return answer.json()
        except ValueError:
            raise ModelUnavailable(f"{self.place} answered with something that is no JSON") from None

    def _failure(self, answer: httpx2.Response) -> FrontdeskError:
        status = answer.status_code
        if status in _LATER:
            return ModelUnavailable(f"{self.place} answered {status}", retry_after=_wait(answer))
        if status in _NO_ACCESS:
            return SetupError(f"{self.place} answered {status}: it wants another key ({self._settings_hint})")
        if status == 404:
            return SetupError(
                f"{self.place} answered 404: no such model or address there ({self._settings_hint})"
            )
        # The reply's text is not shown, because it may repeat the request.
        return (Refused if status in _TOO_MUCH else PermanentError)(f"{self.place} answered {status}")


def _wait(answer: httpx2.Response) -> float | None:
    """Seconds; the rare form with a date is ignored."""
    seconds = answer.headers.get("retry-after", "")
    return float(seconds) if seconds.isdecimal() else None
