"""Orders of the shop's order system."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from frontdesk.terms import CustomerId


class OrderStatus(StrEnum):
    PROCESSING = "processing"
    PACKED = "packed"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    READY_FOR_PICKUP = "ready_for_pickup"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class OrderLine:
    name: dict[str, str]
    """By language (ru, kk, en)."""
    quantity: int
    price: Decimal


@dataclass(frozen=True, slots=True)
class TrackingEvent:
    at: datetime
    status: OrderStatus
    place: dict[str, str]


@dataclass(frozen=True, slots=True)
class Order:
    number: str
    customer_id: CustomerId
    status: OrderStatus
    placed_at: datetime
    eta: datetime | None
    city: str
    total: Decimal
    currency: str
    payment: str
    carrier: str | None
    tracking_number: str | None
    lines: tuple[OrderLine, ...]
    events: tuple[TrackingEvent, ...]
    """Oldest first."""
