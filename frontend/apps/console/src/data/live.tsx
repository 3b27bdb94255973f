/** Ties the socket to the page: starts it, feeds the cache, tells the rest whether it is up. */
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { LiveStatus } from "@frontdesk/api";
import { useEffect, useSyncExternalStore } from "react";
import { applyFrame } from "./applyFrame";
import { live } from "./client";
import { RecentFrames } from "./recentFrames";
import { streams } from "./streams";

export function useLiveConnection(): void {
  const client = useQueryClient();
  useEffect(() => {
    const recent = new RecentFrames();
    const stopGuard = recent.guard(client);
    const stopFrames = live.onFrame((frame) => {
      recent.remember(frame);
      applyFrame(client, streams, frame);
    });
    const stopStatus = live.onStatus((status) => {
      if (status === "open") retryFailed(client);
    });
    const online = () => live.retryNow();
    window.addEventListener("online", online);
    live.start();
    return () => {
      stopFrames();
      stopGuard();
      stopStatus();
      window.removeEventListener("online", online);
      live.stop();
    };
  }, [client]);
}

/** Once the desk is heard again, what failed meanwhile is asked for again; the rest comes by the replay. */
function retryFailed(client: QueryClient): void {
  void client.invalidateQueries({ predicate: (query) => query.state.status === "error" });
}

function subscribe(listener: () => void): () => void {
  const stop = live.onStatus(listener);
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    stop();
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}

/** A browser that knows it has no network says so at once; a socket would notice only by silence. */
export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(subscribe, () => (navigator.onLine ? live.status : "offline"));
}

export function useWatch(ticketId: string | null): void {
  useEffect(() => {
    live.watch(ticketId);
    return () => live.watch(null);
  }, [ticketId]);
}
