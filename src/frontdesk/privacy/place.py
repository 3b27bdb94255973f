"""How a table is declared: whether it holds anything personal, whose rows are whose, and what erasing does to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import LiteralString


class Kind(StrEnum):
    """What is counted apart in the report of an erasure, and has a file of its own in an export."""

    CUSTOMER = "customer"
    ORDERS = "orders"
    CONVERSATIONS = "conversations"
    SESSIONS = "sessions"
    TICKETS = "tickets"
    ENTRIES = "entries"
    MESSAGES = "messages"
    ATTACHMENTS = "attachments"
    SENDS = "sends"
    MAILS = "mails"
    DRAFTS = "drafts"
    ACTIONS = "actions"
    LEARNING = "learning"
    RAW_EVENTS = "raw_events"
    DELIVERIES = "deliveries"
    EVENT_KEYS = "event_keys"
    REQUESTS = "requests"
    AUDIT = "audit"
    LANES = "lanes"


@dataclass(frozen=True, slots=True)
class Nothing:
    """No personal data of customers; `why` says what it holds. Its text columns are named so that none slips in."""

    why: str
    columns: tuple[str, ...] = ()


class Erasing(StrEnum):
    DELETED = "deleted"
    """The rows go."""
    EMPTIED = "emptied"
    """The rows stay for their figures; columns are set as `emptied` says."""
    ELSEWHERE = "elsewhere"
    """By a statement of its own, in `erase.py`."""


@dataclass(frozen=True, slots=True)
class Personal:
    """`rows` is SQL over a row `r` of the table, with the parameters of `Subject`."""

    kind: Kind
    rows: LiteralString
    erasing: Erasing
    exported: tuple[LiteralString, ...]
    """Columns that an export has."""
    hidden: tuple[str, ...] = ()
    """Text columns that it has not: digests, keys, what only makes sense to the desk."""
    emptied: Mapping[LiteralString, LiteralString] = field(default_factory=dict)
    """Column -> the SQL that it is set to."""


Place = Nothing | Personal
