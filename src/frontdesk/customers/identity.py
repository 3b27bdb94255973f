"""Identity hashes, by which a site's server proves who its visitor is; each expires.

    identity_hash = v1.<end, Unix seconds>.<fields, joined by +>.<hex HMAC-SHA256>

The HMAC is made with the widget's identity key (`frontdesk widget key`) over the lines
`frontdesk identity v1`, the end, and `field=value` for each field in the order in which they are named.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from frontdesk.errors import Unauthorized

FIELDS = ("customer_id", "name", "email", "phone")
LONGEST_LIFE = timedelta(days=2)
"""A hash that ends later is refused, because it could be stored in many caches."""
_FORM = re.compile(r"v1\.(\d{1,12})\.([a-z_+]{4,60})\.([0-9a-f]{64})", re.ASCII)


def identity_hash(key: str, facts: Mapping[str, str], ends_at: datetime) -> str:
    """What the site's server computes; `facts` are among `FIELDS`."""
    end, fields = int(ends_at.timestamp()), [field for field in FIELDS if field in facts]
    seal = _seal(key, end, [(field, facts[field]) for field in fields])
    return f"v1.{end}.{'+'.join(fields)}.{seal}"


def proven_fields(
    key: str, given: str, stated: Mapping[str, str | None], now: datetime | None = None
) -> frozenset[str]:
    """The fields of `stated` that the hash proves.

    Raises `Unauthorized` for a hash that is malformed, ended, or does not fit what is stated, and for one that
    names nobody (neither `customer_id` nor `email`).
    """
    form = _FORM.fullmatch(given)
    if form is None:
        raise Unauthorized("the identity hash is not of the form v1.<end>.<fields>.<hmac>")
    end, fields = int(form[1]), form[2].split("+")
    moment = now or datetime.now(UTC)
    values = [(field, stated.get(field)) for field in fields]
    known = [(field, value) for field, value in values if field in FIELDS and value is not None]
    if len(known) != len(fields) or not hmac.compare_digest(form[3], _seal(key, end, known)):
        raise Unauthorized("the identity hash does not fit the customer")
    if end <= moment.timestamp():
        raise Unauthorized("the identity hash has ended: the site must make a fresh one")
    if end > (moment + LONGEST_LIFE).timestamp():
        raise Unauthorized("the identity hash lasts too long: two days at most")
    if not {"customer_id", "email"} & set(fields):
        raise Unauthorized("the identity hash must cover customer_id or email")
    return frozenset(fields)


def _seal(key: str, end: int, facts: list[tuple[str, str]]) -> str:
    lines = ["frontdesk identity v1", str(end), *(f"{field}={value}" for field, value in facts)]
    return hmac.new(key.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()
