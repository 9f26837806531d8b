import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { z } from 'zod';

/** Whom a token is for, and what it allows. */
const wantedTokenSchema = z.strictObject({
  subject: z.string().min(1).max(128).default('local-admin'),
  /** The role in each clinic: `{ "<clinic id>": "owner" }`. */
  orgs: z.record(z.string(), z.string()),
  expiresInSeconds: z.int().min(-3_600).max(86_400).default(3_600),
  audience: z.string().optional(),
});
export type WantedToken = z.input<typeof wantedTokenSchema>;

/** Signs admin tokens as an identity provider does elsewhere. Its key dies with it. */
export type LocalIssuer = {
  /** As tokens say it in `iss`. */
  readonly url: string;
  readonly audience: string;
  readonly jwksUrl: string;
  mint(wanted: WantedToken): Promise<string>;
  /** From now on it signs with another key, and shows that one alone. */
  rotate(): Promise<void>;
  stop(): Promise<void>;
};

export type LocalIssuerOptions = {
  /** Where it listens; this machine alone when left out. */
  host?: string;
  /** A free one when left out. */
  port?: number;
  /** How others reach it, where that is not by its host and port. */
  publicUrl?: string;
};

const algorithm = 'RS256'; // as Cognito signs
const audience = 'frontdesk-admin';
const keysPath = '/.well-known/jwks.json';

/**
 * Starts an issuer with a fresh key. Whoever reaches it gets any token from `POST /tokens`, so only services on this machine
 * trust it.
 */
export async function startLocalIssuer({
  host = '127.0.0.1',
  port = 0,
  publicUrl,
}: LocalIssuerOptions = {}): Promise<LocalIssuer> {
  let key = await newKey();
  const server = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) => send(response, status, body),
      () => send(response, 400, { error: 'send {"orgs": {"<clinic id>": "owner"}} as JSON' }),
    );
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  const url = publicUrl ?? `http://127.0.0.1:${bound}`;

  async function answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    if (request.method === 'GET' && request.url === keysPath) return { status: 200, body: { keys: [key.shown] } };
    if (request.method === 'POST' && request.url === '/tokens') {
      return { status: 200, body: { token: await mint(wantedTokenSchema.parse(await json(request))) } };
    }
    return { status: 404, body: { error: `this issuer answers GET ${keysPath} and POST /tokens` } };
  }

  async function mint(wanted: WantedToken): Promise<string> {
    const { subject, orgs, expiresInSeconds, audience: other } = wantedTokenSchema.parse(wanted);
    const now = Math.floor(Date.now() / 1_000);
    return new SignJWT({ 'frontdesk:orgs': orgs })
      .setProtectedHeader({ alg: algorithm, kid: key.id })
      .setIssuer(url)
      .setAudience(other ?? audience)
      .setSubject(subject)
      .setIssuedAt(now)
      .setExpirationTime(now + expiresInSeconds)
      .sign(key.secret);
  }

  return {
    url,
    audience,
    jwksUrl: `${url}${keysPath}`,
    mint,
    async rotate() {
      key = await newKey();
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

type Key = { id: string; secret: CryptoKey; shown: JWK };

async function newKey(): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm);
  const id = crypto.randomUUID();
  return { id, secret: privateKey, shown: { ...(await exportJWK(publicKey)), kid: id, alg: algorithm, use: 'sig' } };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
