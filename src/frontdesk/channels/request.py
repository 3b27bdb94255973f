"""What comes in over HTTP, and what is answered, before anybody has understood it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request as it came: signatures are proven over these bytes and this address."""

    method: str
    url: str
    """The full public address with its query, as the sender was told it, not as a proxy rewrote it."""
    headers: Mapping[str, str]
    body: bytes = b""

    def __post_init__(self) -> None:
        lowered = {name.lower(): value for name, value in self.headers.items()}
        object.__setattr__(self, "headers", lowered)

    def header(self, name: str) -> str:
        """Whatever its letter case; empty where it was not sent."""
        return self.headers.get(name.lower(), "")

    @property
    def content_type(self) -> str:
        """Without its parameters, in lower case."""
        return self.header("content-type").partition(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Reply:
    """What an HTTP caller gets back."""

    body: bytes = b""
    content_type: str = "text/plain"
    status: int = 200
