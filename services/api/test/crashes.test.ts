import { afterEach, beforeAll, afterAll, describe, expect, it } from '@jest/globals';
import { demoClinic } from '@frontdesk/local-stack';
import { startStack, type Stack } from '@frontdesk/local-stack/stack';
import { newId } from '@frontdesk/kernel';
import { createTestDatabase, createTestPerson, until, type TestDatabase } from '@frontdesk/testkit';
import { newNumber } from './desk.ts';

let database: TestDatabase;
let stack: Stack | undefined;
beforeAll(async () => {
  database = await createTestDatabase();
  stack = await startStack({
    given: { database },
    migrated: true,
    services: ['api', 'messaging-worker'],
    environment: { 'messaging-worker': { SWEEP_EVERY_MS: '500' } },
  });
}, 120_000);
afterEach(async () => {
  await stack?.services.api.restart();
});
afterAll(async () => {
  await stack?.stop();
  await database?.close();
});

const running = () => {
  if (stack === undefined) throw new Error('the stack did not start');
  return stack;
};
const send = async (to: string, key: string, purpose = 'reminder') => {
  const { services, issuer } = running();
  const token = await issuer.mint({ orgs: { [demoClinic.id]: 'manager' } });
  const response = await fetch(`${services.api.url}/admin/messages:send`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify({ orgId: demoClinic.id, to, purpose, body: 'Please call us.' }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }; // always JSON
};
const texts = async (to: string) =>
  (await database.owner.query<{ id: string }>('select id from outbound_messages where to_number = $1', [to])).rows;

describe('a service that dies between commit and answer', () => {
  it('has sent the text once, and says so when it is asked again with the same key', async () => {
    const { services } = running();
    const [to, key] = [newNumber(), newId()];
    await services.api.arm('api.after-commit');
    await expect(send(to, key)).rejects.toThrow('fetch failed');
    await services.api.untilExit();
    await services.api.restart();
    const again = await send(to, key);
    expect(again.status).toBe(202);
    expect(await texts(to)).toEqual([{ id: again.body['id'] }]);
    await until('the event in the log', async () => {
      const { rows } = await database.owner.query(
        `select 1 from event_log where producer = 'api' and envelope -> 'data' ->> 'messageId' = $1`,
        [again.body['id']],
      );
      return rows.length === 1;
    });
  });
});

describe('a text sent by hand in the whole desk', () => {
  it('reaches the carrier, as the answer to somebody who wrote', async () => {
    const { simulators } = running();
    const { phone, conversationId } = await createTestPerson(database.owner, demoClinic);
    await writtenJustNow(conversationId);
    expect(await send(phone, newId(), 'reply')).toMatchObject({ status: 202, body: { state: 'queued' } });
    await until('the text at the carrier', () =>
      simulators.telnyx.accepted.some(({ to, text }) => to === phone && text.includes('Please call us.')),
    );
  });
});

async function writtenJustNow(conversationId: string): Promise<void> {
  const client = await database.owner.connect();
  await client.query('begin');
  await client.query("select set_config('app.org_ids', $1, true)", [demoClinic.id]);
  await client.query('update conversations set last_inbound_at = now() where id = $1', [conversationId]);
  await client.query('commit');
  client.release();
}
