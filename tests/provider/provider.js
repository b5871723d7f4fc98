/**
 * A hospital's provider of OpenID Connect for the tests: `node provider.js PORT REDIRECT_URI…`.
 *
 * Who signs in is whom `POST /who` named last, without a page. `POST /bend` names a claim of the next ID token and what
 * it says there instead; the token is signed all the same.
 */
import { createServer } from "node:http";
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from "jose";
import { Provider } from "oidc-provider";

const [port, ...redirects] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const { privateKey } = await generateKeyPair("RS256", { extractable: true });
const key = { ...(await exportJWK(privateKey)), kid: "one", alg: "RS256", use: "sig" };
let who = { sub: "nobody" };
let bent = null;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "curbside",
      client_secret: "a secret that both of us keep",
      redirect_uris: redirects,
      post_logout_redirect_uris: redirects.map((uri) => new URL("/signin", uri).href),
    },
  ],
  jwks: { keys: [key] },
  cookies: { keys: ["of the tests"] },
  conformIdTokenClaims: false,
  claims: { openid: ["sub", "preferred_username", "groups"], email: ["email", "email_verified"] },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      logoutSource: (ctx, form) => {
        ctx.body = `<!doctype html><title>St. Olav</title>${form}<button form="op.logoutForm" name="logout" value="yes">Yes</button>`;
      },
    },
  },
  pkce: { required: () => true },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...who, sub }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope("openid email");
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  if (ctx.path === "/who" || ctx.path === "/bend") {
    const body = await read(ctx.req);
    if (ctx.path === "/who") who = body;
    else bent = body;
    ctx.status = 204;
  } else if (ctx.path.startsWith("/interaction/")) {
    await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: who.sub, remember: false } });
    ctx.respond = false;
  } else {
    await next();
    if (ctx.path === "/token" && bent && ctx.body.id_token) await bend(ctx);
  }
});

async function bend(ctx) {
  const claims = { ...decodeJwt(ctx.body.id_token), ...bent };
  ctx.body = { ...ctx.body, id_token: await new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(privateKey) };
  bent = null;
}

async function read(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}

createServer(provider.callback()).listen(Number(port), "127.0.0.1", () => console.log("ready"));
