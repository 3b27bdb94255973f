/** The roads to the server: calls as who is signed in, and the one socket. */
import { AccessClient, AdminClient, ApiClient, LiveClient, Session } from "@frontdesk/api";

export const session = new Session();
export const api = new ApiClient({ session });
export const access = new AccessClient({ session });
export const admin = new AdminClient({ session });

function liveUrl(): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}/api/v1/live`;
}

export const live = new LiveClient({ url: liveUrl(), check: () => access.me() });
