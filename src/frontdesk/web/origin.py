"""Which pages may talk to the desk: its own, and those the settings name."""

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit

from frontdesk.settings import Settings

_EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # no names, so never a match


def own_host(host: str | None, settings: Settings) -> bool:
    """Whether the Host header names this desk: loopback, or where `PUBLIC_URL` says it lives.

    Another name that leads here is someone else's DNS (rebinding).
    """
    name = _name(host or "")
    ours = {_name(urlsplit(settings.public_url).netloc), settings.host.lower()} - _EVERYWHERE
    return is_loopback(name) or name in ours


def own_origin(origin: str | None, host: str | None, settings: Settings) -> bool:
    """Whether a browser page of this origin may open a socket or write; programs send no origin.

    Any page of this machine's loopback may: that is how the front end is developed.
    """
    if not own_host(host, settings):
        return False
    if origin is None or "*" in settings.cors_origins:
        return True
    netloc = urlsplit(origin).netloc.lower()
    if netloc and (netloc == (host or "").lower() or is_loopback(_name(netloc))):
        return True
    return origin.lower() in {_origin(url) for url in (settings.public_url, *settings.cors_origins) if url}


@lru_cache(maxsize=256)
def is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _name(netloc: str) -> str:
    """Without port, brackets and letter case; empty where it is no host at all."""
    netloc = netloc.strip().lower()
    if netloc.startswith("["):
        return netloc[1:].partition("]")[0]
    return netloc if netloc.count(":") > 1 else netloc.partition(":")[0]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
