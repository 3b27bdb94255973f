/** The calls about people: signing in and out, one's own account. */
import { Transport } from "./transport";
import type { Credential, Me, NewAdmin, OpenSession, Passkey, PasskeyChallenge, SecondFactor, SignedIn, TotpSetup } from "./types";

export class AccessClient extends Transport {
  async me(signal?: AbortSignal): Promise<Me> {
    const me = await this.call("get", "/api/v1/auth/me", { signal });
    this.session.begin(me.csrf_token);
    return me;
  }

  async signIn(email: string, password: string): Promise<SignedIn | SecondFactor> {
    return this.keep(await this.callOpenly("post", "/api/v1/auth/sign-in", { body: { email, password } }));
  }

  async signInByCode(challenge: string, code: string): Promise<SignedIn> {
    return this.keep(await this.callOpenly("post", "/api/v1/auth/code", { body: { challenge, code } }));
  }

  passkeyToSignIn(challenge: string): Promise<PasskeyChallenge> {
    return this.callOpenly("post", "/api/v1/auth/passkey/options", { body: { challenge } });
  }

  async signInByPasskey(challenge: string, token: string, credential: Credential): Promise<SignedIn> {
    return this.keep(await this.callOpenly("post", "/api/v1/auth/passkey", { body: { challenge, token, credential } }));
  }

  async signInByLink(token: string): Promise<SignedIn> {
    return this.keep(await this.callOpenly("post", "/api/v1/auth/link", { body: { token } }));
  }

  /** By the link of an invitation or of the mail for a lost password. */
  async choosePassword(token: string, password: string): Promise<SignedIn | SecondFactor> {
    return this.keep(await this.callOpenly("post", "/api/v1/auth/password", { body: { token, password } }));
  }

  async makeFirstAdmin(admin: NewAdmin): Promise<SignedIn> {
    return this.keep(await this.callOpenly("post", "/api/v1/auth/first-admin", { body: admin }));
  }

  /** The same answer whether or not somebody has this address. */
  async mailNewPassword(email: string): Promise<void> {
    await this.callOpenly("post", "/api/v1/auth/forgotten", { body: { email } });
  }

  async signOut(): Promise<void> {
    await this.callOpenly("post", "/api/v1/auth/sign-out", {});
    this.session.leave();
  }

  /** Every other session of theirs ends. */
  changePassword(old: string, next: string): Promise<undefined> {
    return this.call("post", "/api/v1/auth/me/password", { body: { old, new: next } });
  }

  async sessions(signal?: AbortSignal): Promise<OpenSession[]> {
    return (await this.call("get", "/api/v1/auth/me/sessions", { signal })).sessions;
  }

  endSession(session_id: string): Promise<undefined> {
    return this.call("delete", "/api/v1/auth/me/sessions/{session_id}", { path: { session_id } });
  }

  beginApp(password: string): Promise<TotpSetup> {
    return this.call("post", "/api/v1/auth/me/totp", { body: { password } });
  }

  turnOnApp(setup: string, code: string): Promise<undefined> {
    return this.call("put", "/api/v1/auth/me/totp", { body: { setup, code } });
  }

  removeApp(password: string): Promise<undefined> {
    return this.call("delete", "/api/v1/auth/me/totp", { body: { password } });
  }

  async passkeys(signal?: AbortSignal): Promise<Passkey[]> {
    return (await this.call("get", "/api/v1/auth/me/passkeys", { signal })).passkeys;
  }

  beginPasskey(password: string): Promise<PasskeyChallenge> {
    return this.call("post", "/api/v1/auth/me/passkeys/options", { body: { password } });
  }

  addPasskey(token: string, credential: Credential, name: string): Promise<undefined> {
    return this.call("post", "/api/v1/auth/me/passkeys", { body: { token, credential, name } });
  }

  removePasskey(passkey_id: string, password: string): Promise<undefined> {
    return this.call("delete", "/api/v1/auth/me/passkeys/{passkey_id}", { path: { passkey_id }, body: { password } });
  }

  /** Makes the cookies new before they end: links to files and mails go out with them and cannot be repeated. */
  async renew(): Promise<void> {
    if (!(await this.session.renew())) this.session.end();
  }

  private keep<T extends SignedIn | SecondFactor>(answer: T): T {
    if (answer.state === "signed_in") this.session.begin(answer.csrf_token);
    return answer;
  }
}
