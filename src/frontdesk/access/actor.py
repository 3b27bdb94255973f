"""Who acts on a ticket: a person, a program's key, a customer, the AI, a rule, or the desk itself."""

from dataclasses import dataclass, field
from enum import StrEnum

from frontdesk.errors import Forbidden


class ActorKind(StrEnum):
    PERSON = "person"
    KEY = "key"
    CUSTOMER = "customer"
    AI = "ai"
    RULE = "rule"
    SYSTEM = "system"


class Permission(StrEnum):
    TICKETS_READ = "tickets:read"
    TICKETS_WRITE = "tickets:write"
    KB_WRITE = "kb:write"
    ANALYTICS_READ = "analytics:read"
    ADMIN = "admin"


ACCESS_CHANGED = "access"
"""The signal that somebody's role, limits, session or key has changed: open sockets look again."""
EVERY_PERMISSION = frozenset(Permission)


@dataclass(frozen=True, slots=True)
class Actor:
    """`name` is what timelines and assignments show; `id` tells two actors of one name apart."""

    kind: ActorKind
    id: str
    name: str
    permissions: frozenset[Permission] = field(default=frozenset())
    categories: frozenset[str] | None = None
    """Only tickets of these categories may be seen and changed; None: of any. So for `channels`."""
    channels: frozenset[str] | None = None

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raises `Forbidden` where this actor may not."""
        if permission not in self.permissions:
            raise Forbidden(f"this needs the permission {permission}")


AI = Actor(ActorKind.AI, "ai", "ai")
CUSTOMER = Actor(ActorKind.CUSTOMER, "customer", "customer")
"""Any customer; which of them is told by the ticket."""
SYSTEM = Actor(ActorKind.SYSTEM, "system", "system", EVERY_PERMISSION)
OPERATOR = Actor(ActorKind.PERSON, "operator", "operator", EVERY_PERMISSION)
"""Whoever works at the desk's own machine: on its command line, or where `LOOPBACK_OPERATOR` trusts them."""
MANAGER_BY_MAIL = Actor(
    ActorKind.PERSON, "manager", "manager", frozenset({Permission.TICKETS_READ, Permission.TICKETS_WRITE})
)
"""Who follows a signed link of an escalation e-mail."""
