"""Twilio's signature: over the public address and the sorted form, or the address and the body's digest."""

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlsplit

from frontdesk.channels.request import Request
from frontdesk.errors import Unauthorized

HEADER = "X-Twilio-Signature"
DIGEST = "bodySHA256"
FORM = "application/x-www-form-urlencoded"
MOST_FIELDS = 500
_PORTS = {"https": 443, "http": 80}


def verify_signature(request: Request, auth_token: str) -> None:
    """Raises `Unauthorized`."""
    given = request.header(HEADER).encode()
    fields = _signed_fields(request)
    good = [
        hmac.compare_digest(given, sign(auth_token, url, fields).encode()) for url in _spellings(request.url)
    ]
    if not any(good):
        raise Unauthorized(f"{HEADER} is missing or wrong")


def sign(auth_token: str, url: str, fields: Mapping[str, Sequence[str]]) -> str:
    """As Twilio signs: each value once, in order, behind its name."""
    pairs = (name + value for name in sorted(fields) for value in sorted(set(fields[name])))
    text = url + "".join(pairs)
    digest = hmac.new(auth_token.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


def form(body: bytes) -> dict[str, list[str]]:
    """Every field as it came, empty ones too; nothing where it is no form of a moderate size."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, strict_parsing=False, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        return {}
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def _signed_fields(request: Request) -> Mapping[str, Sequence[str]]:
    digest = parse_qs(urlsplit(request.url).query).get(DIGEST)
    if digest is None:
        return form(request.body) if request.content_type in (FORM, "") else _nothing_signed()
    if not hmac.compare_digest(digest[0].lower().encode(), hashlib.sha256(request.body).hexdigest().encode()):
        raise Unauthorized(f"{DIGEST} is wrong")
    return {}


def _nothing_signed() -> Mapping[str, Sequence[str]]:
    """A body that is no form and has no digest in the address is not covered by any signature."""
    raise Unauthorized(f"{DIGEST} is missing")


def _spellings(url: str) -> Iterable[str]:
    """With and without the port, for Twilio does now this, now that."""
    address = urlsplit(url)
    port = _port(address)
    host = address.hostname or ""
    bare = f"[{host}]" if ":" in host else host
    return {
        url,
        address._replace(netloc=bare).geturl(),
        address._replace(netloc=f"{bare}:{port}").geturl(),
    }


def _port(address: SplitResult) -> int:
    return address.port or _PORTS.get(address.scheme, 443)
