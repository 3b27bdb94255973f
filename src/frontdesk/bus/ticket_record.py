"""A record of `support.tickets.v1`: strict about what it needs, tolerant of what it does not know."""

from typing import Annotated, Any

import orjson
import structlog
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from frontdesk.errors import RecordInvalid
from frontdesk.kit.text import clean
from frontdesk.terms import ChannelName, Priority

VERSION = 1
MOST_CHARACTERS = 100_000
"""Of a text, as over HTTP."""
_log = structlog.get_logger("frontdesk.bus")


def _visible(text: str) -> str:
    cleaned = clean(text)
    if not cleaned.strip():
        raise ValueError("nothing visible is in it")
    return cleaned


Id = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_visible)]
Text = Annotated[str, Field(max_length=MOST_CHARACTERS), AfterValidator(_visible)]
Line = Annotated[str, Field(max_length=1000), AfterValidator(clean)]


class RecordCustomer(BaseModel):
    """What the producer says of the customer: a claim, as everything that nobody proved."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: Line | None = None
    email: Annotated[Line, Field(max_length=320)] | None = None
    phone: Annotated[Line, Field(max_length=40)] | None = None


class TicketRecord(BaseModel):
    """One message of a customer; a second one with the same `ticket_id` is a follow-up."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    event_id: Annotated[Id, Field(min_length=8)]
    ticket_id: Id
    ts: AwareDatetime
    subject: Line
    body: Text
    channel: ChannelName
    priority: Priority
    customer_id: Id | None = None
    customer: RecordCustomer = RecordCustomer()


def read(value: bytes | None) -> TicketRecord:
    """Raises `RecordInvalid` with what is wrong, and with nothing of what the record says."""
    fields = _object(value)
    version = fields.get("schema_version")
    if version is None:
        _log.warning("record_without_version", taken_as=VERSION)
    elif version != VERSION:
        raise RecordInvalid("unknown_version", f"schema_version must be {VERSION}")
    try:
        return TicketRecord.model_validate(fields)
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False, include_context=False)[:5]
        words = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults)
        raise RecordInvalid("schema_broken", words) from None


def _object(value: bytes | None) -> dict[str, Any]:
    if not value:
        raise RecordInvalid("no_value", "the record is empty")
    try:
        fields = orjson.loads(value)
    except orjson.JSONDecodeError:
        raise RecordInvalid("not_json", "the value is not JSON") from None
    if not isinstance(fields, dict):
        raise RecordInvalid("not_an_object", "the value is not a JSON object")
    return fields
