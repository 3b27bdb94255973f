// An OpenID Connect provider that others wrote (oidc-provider), with the accounts of a test.
// node oidc.mjs PORT REDIRECT_URI ACCOUNTS, where ACCOUNTS is JSON: login -> claims.
import { Provider } from "oidc-provider";

const [port, redirectUri, accounts] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const known = JSON.parse(accounts);

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "frontdesk",
      client_secret: "a-secret-of-the-tests-only-0123456789",
      redirect_uris: [redirectUri],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "groups"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["a-cookie-key-of-the-tests-only"] },
  features: { devInteractions: { enabled: true } },
  pkce: { required: () => true },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...known[id] }) }),
});

provider.listen(Number(port), "127.0.0.1");
