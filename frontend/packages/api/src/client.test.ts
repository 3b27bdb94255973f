import { expect, test } from "vitest";
import { ApiClient } from "./client";
import { withQuery } from "./transport";
import { ApiError } from "./errors";

function clientAnswering(body: BodyInit, init: ResponseInit = {}) {
  const asked: string[] = [];
  const fetch = async (url: string | URL | Request) => {
    asked.push(String(url));
    return new Response(body, init);
  };
  return { client: new ApiClient({ fetch: fetch as typeof globalThis.fetch }), asked };
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error("expected a failure");
    },
    (error: unknown) => error as ApiError,
  );

test("a filter that is not set is not sent", () => {
  expect(withQuery("/tickets", { status: "open", channel: undefined, q: "", page: 0 })).toBe("/tickets?status=open&page=0");
});

test("values are percent-encoded", () => {
  expect(withQuery("/kb/search", { q: "сколько & где?" })).toBe(
    "/kb/search?q=%D1%81%D0%BA%D0%BE%D0%BB%D1%8C%D0%BA%D0%BE+%26+%D0%B3%D0%B4%D0%B5%3F",
  );
});

test("ids are encoded into the path", async () => {
  const { client, asked } = clientAnswering(JSON.stringify({ events: [] }));
  await client.timeline("TICKET/001");
  expect(asked).toEqual(["/api/v1/tickets/TICKET%2F001/timeline"]);
});

test("an error of the contract keeps its code, message, details and request id", async () => {
  const body = { error: { code: "not_found", message: "No such ticket", details: { id: "x" }, request_id: "r-1" } };
  const { client } = clientAnswering(JSON.stringify(body), { status: 404 });
  const error = await failure(client.ticket("x"));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ status: 404, code: "not_found", message: "No such ticket", details: { id: "x" }, requestId: "r-1" });
  expect(error.retryable).toBe(false);
});

test("a proxy's HTML error page still becomes a usable, retryable error", async () => {
  const { client } = clientAnswering("<html>Bad gateway</html>", { status: 502, headers: { "X-Request-Id": "r-2" } });
  const error = await failure(client.desk());
  expect(error).toMatchObject({ status: 502, code: "unavailable", requestId: "r-2", retryable: true });
});

test("no answer at all is a network error", async () => {
  const fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  const error = await failure(new ApiClient({ fetch: fetch as typeof globalThis.fetch }).desk());
  expect(error).toMatchObject({ status: 0, code: "network", retryable: true });
});

test("an answer that is not JSON is an error, not a crash", async () => {
  const { client } = clientAnswering("<!doctype html>", { status: 200 });
  expect((await failure(client.desk())).code).toBe("unavailable");
});

test("a change is sent as JSON to its ticket", async () => {
  const sent: RequestInit[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    sent.push(init ?? {});
    return Response.json({ ticket_id: "t" });
  };
  await new ApiClient({ fetch: fetch as typeof globalThis.fetch }).changeTicket("t", { category: "payment" });
  expect(sent[0]).toMatchObject({ method: "PATCH", body: '{"category":"payment"}' });
  expect(new Headers(sent[0]?.headers).get("Content-Type")).toBe("application/json");
});

test("what must have its effect once carries its key, and may outlive the page", async () => {
  const sent: RequestInit[] = [];
  const fetch = async (_url: unknown, init: RequestInit = {}) => {
    sent.push(init);
    return Response.json({});
  };
  const client = new ApiClient({ fetch: fetch as typeof globalThis.fetch });
  await client.write("t-1", { content: "Done", kind: "text" }, "k-1");
  await client.write("t-1", { content: "Done", kind: "text" }, "k-1", true);
  await client.takeOver("t-1");
  expect(sent.map(({ headers }) => new Headers(headers).get("Idempotency-Key"))).toEqual(["k-1", "k-1", null]);
  expect(sent.map(({ keepalive }) => keepalive)).toEqual([false, true, false]);
  expect(sent.map(({ body }) => body)).toEqual([sent[0]?.body, sent[0]?.body, null]);
});
