"""What a process does: the roles that it has, from start to stop."""

from frontdesk.roles.house import ROLES
from frontdesk.roles.process import run_roles
from frontdesk.roles.role import Process, Role, Roles

__all__ = ["ROLES", "Process", "Role", "Roles", "run_roles"]
