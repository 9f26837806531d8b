import { newId, nullLogger } from '@frontdesk/kernel';
import { startLocalIssuer, type LocalIssuer } from '@frontdesk/local-issuer';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { listen } from '@frontdesk/runtime';
import { createTestClinic, type TestDatabase } from '@frontdesk/testkit';
import { composeWork } from '../src/compose.ts';
import { configSchema } from '../src/config.ts';

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> };

type Asked = {
  method?: string;
  token?: string | null;
  body?: unknown;
  /** Instead of the body as JSON. */
  raw?: string;
  headers?: Record<string, string>;
};

/** An instance of the service over HTTP, on a real database, with an issuer that really signs. */
export type Desk = {
  url: string;
  issuer: LocalIssuer;
  clinic: ClinicDefinition;
  /** Another clinic, in which nobody of the first has a role. */
  other: ClinicDefinition;
  /** Tokens for `clinic`, and one for `other` alone. */
  tokens: Record<'viewer' | 'manager' | 'owner' | 'stranger', string>;
  ask(path: string, asked?: Asked): Promise<Answer>;
  /** A change with a key of its own. */
  send(body: Record<string, unknown>, asked?: Asked): Promise<Answer>;
  close(): Promise<void>;
  /** Closes it, where a test holds it with `await using`, however that test ends. */
  [Symbol.asyncDispose](): Promise<void>;
};

export async function startDesk(
  database: TestDatabase,
  settings: Record<string, string> = {},
  given: { issuer?: LocalIssuer; clinic?: ClinicDefinition } = {},
): Promise<Desk> {
  const issuer = given.issuer ?? (await startLocalIssuer());
  const config = configSchema.parse({
    FRONTDESK_ENV: 'test',
    DATABASE_URL: database.appUrl,
    ADMIN_ISSUER: issuer.url,
    ADMIN_AUDIENCE: issuer.audience,
    ADMIN_JWKS_URL: issuer.jwksUrl,
    REQUESTS_PER_PERSON: '100000',
    REQUESTS_PER_CLINIC: '100000',
    VENDOR_REQUESTS_PER_CLINIC: '100000',
    ...settings,
  });
  const work = composeWork(config, { transport: { poke: () => {} }, logger: nullLogger });
  await work.start();
  const handle = work.http?.handle;
  if (handle === undefined) throw new Error('the service answers nothing');
  const listener = await listen(handle, 0);
  const url = `http://127.0.0.1:${listener.port}`;
  const clinic = given.clinic ?? (await createTestClinic(database.owner));
  const other = await createTestClinic(database.owner);
  const mint = (orgs: Record<string, string>, subject: string) => issuer.mint({ orgs, subject });
  const tokens = {
    viewer: await mint({ [clinic.id]: 'viewer' }, 'vera'),
    manager: await mint({ [clinic.id]: 'manager' }, 'mara'),
    owner: await mint({ [clinic.id]: 'owner' }, 'olga'),
    stranger: await mint({ [other.id]: 'owner' }, 'sven'),
  };
  const ask: Desk['ask'] = async (path, { method = 'GET', token = tokens.owner, body, raw, headers = {} } = {}) => {
    const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent !== undefined && { body: sent }),
    });
    const text = await response.text();
    // Every answer but the page and HEAD is a JSON object.
    const read = text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {};
    return { status: response.status, headers: response.headers, body: read };
  };
  async function close(): Promise<void> {
    await listener.close();
    await work.stop();
    if (given.issuer === undefined) await issuer.stop();
  }
  return {
    url,
    issuer,
    clinic,
    other,
    tokens,
    ask,
    send: (body, { headers = {}, ...asked } = {}) =>
      ask('/admin/messages:send', {
        method: 'POST',
        body: { orgId: clinic.id, ...body },
        headers: { 'idempotency-key': newId(), ...headers },
        ...asked,
      }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

let people = 0;

/** A mobile number that nobody else in this test file has. */
export function newNumber(): string {
  people += 1;
  return `+1602555${String(1_000 + people)}`;
}
