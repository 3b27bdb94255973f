/** The two roads to the server: calls and the one socket. */
import { ApiClient, LiveClient } from "@frontdesk/api";

export const api = new ApiClient();

function liveUrl(): string {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return `${scheme}://${location.host}/api/v1/live`;
}

export const live = new LiveClient({ url: liveUrl() });
