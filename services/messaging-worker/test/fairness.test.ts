import { contexts, TextRequestedV1 } from '@frontdesk/contracts';
import { inTenants, outboxRow } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import { createTestClinic, createTestPerson, until } from '@frontdesk/testkit';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const queued = 10_000;
/** Their events that are still on the queue. */
const announced = 2_000;
/** What the simulated carrier takes in a second, and what the desk is told that it takes; see the setting. */
const carrierTakes = 10;
const settings = {
  TELNYX_TEXTS_PER_SECOND: '8',
  SWEEP_EVERY_MS: '200',
  SEND_TIMEOUT_MS: '10000',
  RECONCILE_AFTER_MS: '30000',
};

/** Writes ten thousand due texts of another clinic, older than everything else, with the queue full of their events. */
async function queueTexts(): Promise<string> {
  const clinic = await createTestClinic(desk.server.owner);
  const { contactId, conversationId } = await createTestPerson(desk.server.owner, clinic);
  const { number } = clinic.location;
  const ids = await inTenants(desk.server.owner, [clinic.id], async (client) => {
    const { rows } = await client.query<{ id: Id }>(
      `insert into outbound_messages (org_id, id, contact_id, conversation_id, from_number, to_number, class, kind, body,
         cause_key, next_attempt_at, created_at)
       select $1, gen_random_uuid(), $2, $3, $4, '+1602' || (2000000 + n), 'reply', 'answer', 'Hello', 'bulk:' || n,
         now() - interval '2 minutes', now() - interval '2 minutes'
       from generate_series(1, $5::int) as n returning id`,
      [clinic.id, contactId, conversationId, number, queued],
    );
    return rows.map(({ id }) => id);
  });
  for (const messageId of ids.slice(0, announced)) {
    const data = { messageId, recipientId: contactId };
    const occurredAt = Temporal.Now.instant();
    const event = { definition: TextRequestedV1, orgId: clinic.id, data, occurredAt, correlationId: messageId };
    const { queue, envelope } = outboxRow({ ...event, causationId: null });
    const message = { messageGroupId: messageId, messageDeduplicationId: newId() };
    desk.queues.server.sendMessage(queue, JSON.stringify(envelope), message);
  }
  return number;
}

it('a reply leaves at once though another clinic has queued ten thousand texts before it', async () => {
  const flooding = await queueTexts();
  desk.carrier.limitThroughput({ textsPerSecond: carrierTakes });
  const ofFlood = () => desk.carrier.accepted.filter(({ from }) => from === flooding).length;
  await desk.withWorker(async () => {
    const person = await desk.person();
    await until('texts of the flood leave', () => ofFlood() > 2);
    expect(await desk.queues.depth(contexts.messaging.queue)).toBeGreaterThan(announced / 10);
    const before = ofFlood();
    await desk.request(person, 'You are booked');
    await until('the reply', () => desk.received(person).length === 1);
    const passed = desk.carrier.accepted
      .slice(
        0,
        desk.carrier.accepted.findIndex(({ to }) => to === person.phone),
      )
      .filter(({ from }) => from === flooding).length;
    // A second's worth at most.
    expect(passed - before).toBeLessThanOrEqual(carrierTakes);
  }, settings);
  const { rows } = await desk.server.owner.query<{ attempts: number; state: string }>(
    `select attempts, state from outbound_messages where from_number = $1 and (attempts > 1 or state not in ('queued', 'sent'))`,
    [flooding],
  );
  expect(rows).toEqual([]);
});
