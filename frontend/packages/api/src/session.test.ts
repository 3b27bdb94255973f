import { expect, test } from "vitest";
import { AccessClient } from "./accessClient";
import { ApiClient } from "./client";
import { Session } from "./session";

/** A server that knows a sign-in as `good`, and renews it where it may. */
function desk(refresh: () => Response) {
  const asked: string[] = [];
  const written: (string | null)[] = [];
  const state = { good: false };
  const fetch = (async (url: string, init: RequestInit = {}) => {
    asked.push(`${init.method ?? "GET"} ${url}`);
    if (url.endsWith("/auth/refresh")) {
      const answer = refresh();
      if (answer.ok) state.good = true;
      return answer;
    }
    if (!state.good) return Response.json({ error: { code: "unauthorized", message: "?" } }, { status: 401 });
    if (init.method !== "GET") written.push(new Headers(init.headers).get("X-CSRF-Token"));
    return Response.json({ events: [] });
  }) as typeof globalThis.fetch;
  const session = new Session({ fetch, locks: undefined, pause: () => ((state.good = true), Promise.resolve()) });
  let ended = 0;
  session.onEnd(() => (ended += 1));
  return { asked, written, session, client: new ApiClient({ fetch, session }), access: new AccessClient({ fetch, session }), ended: () => ended };
}

const renewed = () => Response.json({ csrf_token: "c-2" });
const refreshes = (asked: string[]) => asked.filter((call) => call.endsWith("/auth/refresh")).length;

test("many refused calls renew the sign-in once, and each is repeated", async () => {
  const { client, asked, ended } = desk(renewed);
  await Promise.all([client.timeline("1"), client.timeline("2"), client.timeline("3")]);
  expect(refreshes(asked)).toBe(1);
  expect(asked).toHaveLength(7);
  expect(ended()).toBe(0);
});

test("a repeated write bears the token that came with the renewal", async () => {
  const { client, written } = desk(renewed);
  await client.learnNow("category");
  expect(written).toEqual(["c-2"]);
});

test("where another tab was first, its cookie is waited for", async () => {
  const { client, ended } = desk(() => Response.json({ error: { code: "conflict", message: "?" } }, { status: 409 }));
  expect(await client.timeline("1")).toEqual([]);
  expect(ended()).toBe(0);
});

test("a sign-in that cannot be renewed has ended", async () => {
  const { client, ended } = desk(() => Response.json({ error: { code: "unauthorized", message: "?" } }, { status: 401 }));
  await expect(client.timeline("1")).rejects.toMatchObject({ status: 401 });
  expect(ended()).toBe(1);
});

test("a server that is away has ended nothing", async () => {
  const { client, ended } = desk(() => Response.json({ error: { code: "unavailable", message: "?" } }, { status: 503 }));
  await expect(client.timeline("1")).rejects.toMatchObject({ status: 503, retryable: true });
  expect(ended()).toBe(0);
});

test("a wrong password renews nothing and ends nothing", async () => {
  const { access, asked, ended } = desk(renewed);
  await expect(access.signIn("a@b.example", "x")).rejects.toMatchObject({ status: 401 });
  expect(refreshes(asked)).toBe(0);
  expect(ended()).toBe(0);
});

test("tabs renew one after the other where the browser has locks", async () => {
  const held: string[] = [];
  const locks = {
    request: async (name: string, act: () => unknown) => {
      held.push(name);
      return act();
    },
  } as unknown as LockManager;
  const session = new Session({ fetch: (async () => renewed()) as typeof globalThis.fetch, locks });
  expect(await Promise.all([session.renew(), session.renew()])).toEqual([true, true]);
  expect(held).toHaveLength(1);
});
