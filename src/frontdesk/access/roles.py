"""What a person's role lets them do."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from frontdesk.access.actor import EVERY_PERMISSION, Permission


class Role(StrEnum):
    ADMIN = "admin"
    MANAGER = "manager"
    VIEWER = "viewer"


PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.ADMIN: EVERY_PERMISSION,
        Role.MANAGER: EVERY_PERMISSION - {Permission.ADMIN},
        Role.VIEWER: frozenset({Permission.TICKETS_READ, Permission.ANALYTICS_READ}),
    }
)
