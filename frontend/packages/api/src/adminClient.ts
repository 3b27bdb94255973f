/** The calls that are for admins alone: people, programs' keys, and what was done. */
import { Transport, withQuery } from "./transport";
import type { ApiKey, AuditPage, AuditQuery, Invited, MadeApiKey, NewApiKey, NewPerson, OpenSession, Person, PersonChange } from "./types";

export class AdminClient extends Transport {
  async people(signal?: AbortSignal): Promise<Person[]> {
    return (await this.call("get", "/api/v1/people", { signal })).people;
  }

  invite(person: NewPerson): Promise<Invited> {
    return this.call("post", "/api/v1/people", { body: person });
  }

  /** A new link; the earlier one was lost. */
  inviteAgain(person_id: string): Promise<Invited> {
    return this.call("post", "/api/v1/people/{person_id}/invitation", { path: { person_id } });
  }

  changePerson(person_id: string, change: PersonChange): Promise<Person> {
    return this.call("patch", "/api/v1/people/{person_id}", { path: { person_id }, body: change });
  }

  async sessionsOf(person_id: string, signal?: AbortSignal): Promise<OpenSession[]> {
    return (await this.call("get", "/api/v1/people/{person_id}/sessions", { path: { person_id }, signal })).sessions;
  }

  endSessionsOf(person_id: string): Promise<undefined> {
    return this.call("delete", "/api/v1/people/{person_id}/sessions", { path: { person_id } });
  }

  removeSecondFactors(person_id: string): Promise<undefined> {
    return this.call("delete", "/api/v1/people/{person_id}/second-factors", { path: { person_id } });
  }

  async keys(signal?: AbortSignal): Promise<ApiKey[]> {
    return (await this.call("get", "/api/v1/keys", { signal })).keys;
  }

  /** The key itself is in this answer alone. */
  createKey(key: NewApiKey): Promise<MadeApiKey> {
    return this.call("post", "/api/v1/keys", { body: key });
  }

  revokeKey(key_id: string): Promise<ApiKey> {
    return this.call("delete", "/api/v1/keys/{key_id}", { path: { key_id } });
  }

  audit(query: AuditQuery, signal?: AbortSignal): Promise<AuditPage> {
    return this.call("get", "/api/v1/audit", { query, signal });
  }

  /** Where every entry that fits can be fetched, as JSON lines. */
  auditExport(query: Omit<AuditQuery, "limit" | "cursor">): string {
    return withQuery("/api/v1/audit/export", query);
  }
}
