/** The browser's side of passkeys. It reads and writes the JSON that the server speaks. */
import type { Credential, PasskeyChallenge } from "@frontdesk/api";

/** Somebody cancelled, waited too long, or has none that fits. */
export class NoPasskey extends Error {
  override readonly name = "NoPasskey";
}

/** Why there are none here: the browser is too old or the page came over plain HTTP; a bare address has no name. */
export function passkeyHindrance(): "browser" | "address" | null {
  if (/^[\d.]+$|:/.test(location.hostname)) return "address";
  const known = typeof PublicKeyCredential !== "undefined" && "parseCreationOptionsFromJSON" in PublicKeyCredential;
  return known ? null : "browser";
}

export async function createPasskey({ options }: PasskeyChallenge): Promise<Credential> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as unknown as PublicKeyCredentialCreationOptionsJSON);
  return asked(() => navigator.credentials.create({ publicKey }));
}

export async function askForPasskey({ options }: PasskeyChallenge): Promise<Credential> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as unknown as PublicKeyCredentialRequestOptionsJSON);
  return asked(() => navigator.credentials.get({ publicKey }));
}

async function asked(ask: () => Promise<globalThis.Credential | null>): Promise<Credential> {
  const given = await ask().catch((error: unknown) => {
    throw error instanceof DOMException ? new NoPasskey(error.message) : error;
  });
  if (!(given instanceof PublicKeyCredential)) throw new NoPasskey();
  return given.toJSON() as Credential;
}
