"""Where the desk may listen: beyond its own machine only with people who sign in, and over TLS."""

import errno
import socket
from ipaddress import ip_network

from frontdesk.errors import SetupError
from frontdesk.settings import Settings
from frontdesk.web.origin import is_loopback


def require_safe(settings: Settings, *, has_admin: bool) -> None:
    """Raises `SetupError` with the fix in words, where `HOST` lets other machines in and something is missing."""
    for proxy in settings.trusted_proxies:
        _require_network(proxy)
    if bool(settings.tls_certificate) != bool(settings.tls_key):
        raise SetupError("TLS_CERTIFICATE and TLS_KEY belong together: set both or none")
    if is_loopback(settings.host):
        return
    reach = f"HOST={settings.host} lets other machines in"
    if settings.secret_key is None:
        raise SetupError(f"{reach}: set SECRET_KEY, such as `openssl rand -hex 32` prints")
    if not has_admin:
        raise SetupError(
            f"{reach}, but nobody can sign in: run `frontdesk user add EMAIL --role admin` first"
        )
    if not settings.public_url:
        raise SetupError(f"{reach}: set PUBLIC_URL to the address that people reach the desk at")
    if not settings.tls_certificate and not settings.trusted_proxies:
        raise SetupError(
            f"{reach} over plain HTTP, where passwords can be read on their way: set TLS_CERTIFICATE and TLS_KEY,"
            " or put a proxy with TLS in front and name its address in TRUSTED_PROXIES"
        )
    if settings.loopback_operator and settings.trusted_proxies:
        raise SetupError(
            "LOOPBACK_OPERATOR cannot be told from a proxy on this machine: set it to false where TRUSTED_PROXIES is set"
        )


def require_free(host: str, port: int) -> None:
    """Raises `SetupError` where the port is taken."""
    bound(host, port).close()


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `SetupError`."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise SetupError(f"HOST={host}: this machine has no such address") from None
        raise SetupError(f"port {port} is taken: give another one with --port") from None
    return listening


def _require_network(proxy: str) -> None:
    try:
        ip_network(proxy, strict=False)
    except ValueError:
        raise SetupError(f"TRUSTED_PROXIES: {proxy!r} is no address or network, such as 10.0.0.0/8") from None
