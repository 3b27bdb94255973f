/** The calls about people: signing in and out, one's own account. */
import { Transport } from "./transport";
import type { Me, NewAdmin, SecondFactor, SignedIn } from "./types";

export class AccessClient extends Transport {
  async me(signal?: AbortSignal): Promise<Me> {
    const me = await this.call("get", "/api/v1/auth/me", { signal });
    this.session.csrfToken = me.csrf_token;
    return me;
  }

  async signIn(email: string, password: string): Promise<SignedIn | SecondFactor> {
    return this.keep(await this.callOpenly("post", "/api/v1/auth/sign-in", { body: { email, password } }));
  }

  async signInByCode(challenge: string, code: string): Promise<SignedIn> {
    return this.keep(await this.callOpenly("post", "/api/v1/auth/code", { body: { challenge, code } }));
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
    this.session.csrfToken = null;
  }

  /** Makes the cookies new before they end: links to files and mails go out with them and cannot be repeated. */
  async renew(): Promise<void> {
    if (!(await this.session.renew())) this.session.end();
  }

  private keep<T extends SignedIn | SecondFactor>(answer: T): T {
    if (answer.state === "signed_in") this.session.csrfToken = answer.csrf_token;
    return answer;
  }
}
