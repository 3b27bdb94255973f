import type { Permission } from "@frontdesk/api";

/** A right as the texts name it: a colon would part their names. */
export function permissionKey(permission: Permission): string {
  return permission.replace(":", "_");
}
