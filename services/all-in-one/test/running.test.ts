import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigFault } from '@frontdesk/kernel';
import type { Host } from '@frontdesk/runtime';
import { createTestDatabase, type TestDatabase, until } from '@frontdesk/testkit';
import { compose } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';

const telnyxKey = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const composed = async (change: Record<string, string> = {}) =>
  compose(
    await loadConfig({
      FRONTDESK_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: database.appUrl,
      TELNYX_PUBLIC_KEY: telnyxKey.toString('base64'),
      TELNYX_API_KEY: 'KEY-test',
      TELNYX_BASE_URL: 'http://127.0.0.1:9/v2',
      SQUARE_WEBHOOK_SIGNATURE_KEY: 'key',
      PUBLIC_WEBHOOK_URL: 'http://127.0.0.1:9',
      PAYMENT_RETURN_URL: 'http://127.0.0.1:9/paid',
      BEDROCK_ENDPOINT: 'http://127.0.0.1:9',
      BEDROCK_MODEL_ID: 'model',
      TOKEN_KEYS: `one:${Buffer.alloc(32, 1).toString('base64')}`,
      MEDIA_FOLDER: '/nowhere',
      ...change,
    }),
  );

async function connections(): Promise<number> {
  const { rows } = await database.owner.query<{ n: number }>(
    'select count(*)::int as n from pg_stat_activity where datname = current_database() and usename <> current_user',
  );
  return rows[0]?.n ?? 0;
}

describe('the desk in one process', () => {
  let desk: Host;

  it('is ready with all of its parts', async () => {
    desk = await composed();
    await desk.start();
    const answer = await fetch(`http://127.0.0.1:${desk.port}/ready`);
    expect([answer.status, await answer.json()]).toEqual([200, { service: 'all-in-one', ready: true, failing: [] }]);
    expect((await fetch(`http://127.0.0.1:${desk.port}/metrics`)).status).toBe(200);
  });

  it('answers webhooks on the same port', async () => {
    const answer = await fetch(`http://127.0.0.1:${desk.port}/webhooks/telnyx/messages`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(401);
  });

  it('keeps to twenty connections, however many ask at once', async () => {
    const asks = Array.from({ length: 60 }, () => fetch(`http://127.0.0.1:${desk.port}/ready`));
    await Promise.all(asks);
    const open = await connections();
    expect(open).toBeGreaterThan(5);
    expect(open).toBeLessThanOrEqual(20);
  });

  it('lets go of everything when it stops', async () => {
    await desk.stop();
    // The server takes a moment to end what the client has left
    await until('no connection', async () => (await connections()) === 0);
    expect(await connections()).toBe(0);
    await expect(fetch(`http://127.0.0.1:${desk.port}/health`)).rejects.toThrow('fetch failed');
  });

  it('refuses a login that row-level security does not bind', async () => {
    const tooStrong = await composed({ DATABASE_URL: database.adminUrl });
    await expect(tooStrong.start()).rejects.toThrow(ConfigFault);
    await tooStrong.stop();
  });
});
