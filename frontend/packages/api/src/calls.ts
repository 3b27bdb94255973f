/** What the OpenAPI document says of each call: where a path, a query, a body or an answer changes, the caller does not compile. */
import type { paths } from "./generated";

export type Method = "get" | "post" | "patch" | "put" | "delete";

/** The paths that the method can be called on. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P][M] extends { responses: unknown } ? P : never;
}[keyof paths];

type Operation<M extends Method, P extends PathOf<M>> = paths[P][M];

type PathValues<Op> = Op extends { parameters: { path: infer Values } } ? { path: Values } : unknown;
type QueryValues<Op> = Op extends { parameters: { query: infer Values } }
  ? { query: Values }
  : Op extends { parameters: { query?: infer Values } }
    ? { query?: Values }
    : unknown;
type BodyValue<Op> = Op extends { requestBody: { content: { "application/json": infer Body } } }
  ? { body: Body }
  : Op extends { requestBody?: infer Optional }
    ? OptionalBody<NonNullable<Optional>>
    : unknown;
type OptionalBody<Request> = [Request] extends [never]
  ? unknown
  : Request extends { content: { "application/json": infer Body } }
    ? { body?: Body }
    : unknown;

/** What a call is made with. */
export type Values<M extends Method, P extends PathOf<M>> = PathValues<Operation<M, P>> &
  QueryValues<Operation<M, P>> &
  BodyValue<Operation<M, P>> & Extras;

interface Extras {
  signal?: AbortSignal | undefined;
  /** The same call under the same key has its effect once, however often it is sent. */
  key?: string;
  /** It goes out although the page is being left. */
  keepalive?: boolean;
}

type Good = 200 | 201 | 202;

/** The JSON that a call answers with when it went well; undefined for 204. */
export type Answer<M extends Method, P extends PathOf<M>> = Operation<M, P> extends { responses: infer Responses }
  ? Responses extends { 204: unknown }
    ? undefined
    : { [Status in keyof Responses & Good]: JsonOf<Responses[Status]> }[keyof Responses & Good]
  : never;

type JsonOf<Response> = Response extends { content: { "application/json": infer Body } } ? Body : never;
