import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { createTestPerson, type TestPerson } from '@frontdesk/testkit';
import { clinicNumber, findBreaches, openDesk, untilAtRest, type Desk } from '../src/index.ts';

const clinic = clinicNumber(10);
let desk: Desk;
let person: TestPerson;
beforeAll(async () => {
  desk = await openDesk([clinic], { services: [] });
  person = await createTestPerson(desk.rows, clinic);
}, 180_000);
afterAll(() => desk?.close());

async function plantText(causeKey: string, state: string): Promise<string> {
  const id = newId();
  await desk.rows.query(
    `insert into outbound_messages (org_id, id, conversation_id, contact_id, from_number, to_number, class, kind, body,
       cause_key, state)
     values ($1, $2, $3, $4, $5, $6, 'reply', 'answer', 'Hello', $7, $8)`,
    [clinic.id, id, person.conversationId, person.contactId, clinic.location.number, person.phone, causeKey, state],
  );
  return id;
}

async function plantAttempt(message: string, number: number): Promise<string> {
  const id = newId();
  await desk.rows.query(
    `insert into send_attempts (org_id, id, message_id, number, provider, started_at, outcome)
     values ($1, $2, $3, $4, 'telnyx', now(), 'accepted')`,
    [clinic.id, id, message, number],
  );
  return id;
}

/** The carrier takes a text for this attempt. */
async function send(attempt: string): Promise<void> {
  const answer = await fetch(`${desk.simulators.telnyx.apiUrl}/messages`, {
    method: 'POST',
    headers: { authorization: 'Bearer KEY-local', 'content-type': 'application/json' },
    body: JSON.stringify({
      from: clinic.location.number,
      to: person.phone,
      text: 'Hello',
      webhook_url: `${desk.webhookUrl}/webhooks/telnyx/messages?attempt=${attempt}`,
    }),
  });
  expect(answer.status).toBe(200);
}

/** A patient pays 50 dollars by a link that no deposit knows. */
async function payUnasked(): Promise<void> {
  const answer = await fetch(`${desk.simulators.square.apiUrl}/v2/online-checkout/payment-links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${clinic.depositAccount?.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      idempotency_key: newId(),
      order: {
        location_id: clinic.depositAccount?.squareLocationId,
        line_items: [{ name: 'x', quantity: '1', base_price_money: { amount: 5000, currency: 'USD' } }],
      },
    }),
  });
  expect(answer.status).toBe(200);
  const [link] = desk.simulators.square.links;
  await desk.simulators.square.pay(String(link?.id), { hold: true });
}

describe('the search for what broke', () => {
  it('finds nothing at a desk where nothing happened', async () => {
    expect(await findBreaches(desk)).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      'an inbound text that nobody took',
      () =>
        desk.rows.query(
          `insert into inbound_messages (org_id, id, conversation_id, from_number, to_number, body, digest, provider,
             provider_message_id, received_at)
           values ($1, $2, $3, $4, $5, 'Hi', '', 'telnyx', 'm1', now())`,
          [clinic.id, newId(), person.conversationId, person.phone, clinic.location.number],
        ),
    ],
    [
      'an event that its consumer never took',
      () =>
        desk.rows.query(
          `insert into event_log (published_at, event_id, org_id, producer, queue, group_id, envelope)
           values (now(), $1, $2, 'payments', 'conversation.fifo', 'g', '{}')`,
          [newId(), clinic.id],
        ),
    ],
    [
      'an event that is not published',
      () =>
        desk.rows.query(
          `insert into outbox (org_id, producer, queue, group_id, shard, event_id, envelope)
           values ($1, 'payments', 'conversation.fifo', 'g', 0, $2, '{}')`,
          [clinic.id, newId()],
        ),
    ],
    ['an answer to no text', () => plantText('turn:none', 'failed')],
    ['a text that neither left', () => plantText('other', 'sending')],
    ['a text that counts as sent though no attempt was accepted', () => plantText('never', 'delivered')],
    ['the carrier never took the text', async () => plantAttempt(await plantText('lost', 'sent'), 1)],
    [
      'left 2 times',
      async () => {
        const text = await plantText('twice', 'sent');
        await send(await plantAttempt(text, 1));
        await send(await plantAttempt(text, 2));
      },
    ],
    ['which counts as failed', async () => send(await plantAttempt(await plantText('failed', 'failed'), 1))],
    ['the carrier took a text that no attempt accounts for', () => send(newId())],
    ['is not in the ledger', payUnasked],
  ])('finds: %s', async (breach, plant) => {
    expect((await findBreaches(desk)).join('\n')).not.toContain(breach);
    await plant();
    expect((await findBreaches(desk)).join('\n')).toContain(breach);
  });

  it('says what is still open when the desk does not come to rest', async () => {
    await expect(untilAtRest(desk, 100)).rejects.toThrow(/did not come to rest.*an inbound text that nobody took/);
  });
});
