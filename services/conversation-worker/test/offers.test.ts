import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { present } from '@frontdesk/kernel';
import { findFreeTimes } from '@frontdesk/scheduling/postgres';
import { createTestClinic, createTestDatabase, createTestPerson, type TestDatabase } from '@frontdesk/testkit';
import { desk } from '../src/desk.ts';

// A Monday, 8:00 in the clinic's zone.
const now = Temporal.Instant.from('2026-11-23T15:00:00Z');

let server: TestDatabase;
beforeAll(async () => {
  server = await createTestDatabase();
});
afterAll(() => server.close());

it.each([
  ['wants a follow-up', 120, [['messaging.times-offered.v1', 'the-text']]],
  ['wants none', null, []],
])('offers of a clinic that %s are announced accordingly, with their cause', async (_what, afterOffer, announced) => {
  const clinic = await createTestClinic(server.owner, { followUps: { afterOffer } });
  const { conversationId } = await createTestPerson(server.owner, clinic);
  const orgId = clinic.id;
  const serviceId = present(clinic.services[3], 'the service').id;
  const offer = (limit: number) =>
    server.as('frontdesk_conversation_worker').inTenant(orgId, async (tx) => {
      const times = limit === 0 ? [] : await findFreeTimes(tx, { orgId, serviceId, now, limit });
      return desk.recordOffers(tx, { orgId, conversationId, serviceId, times, now, causationId: 'the-text' });
    });
  expect(await offer(0)).toEqual([]);
  expect(await offer(2)).toHaveLength(2);
  const { rows } = await server.owner.query<{ type: string; cause: string }>(
    "select envelope->>'type' as type, envelope->>'causationId' as cause from outbox where org_id = $1 and group_id = $2",
    [orgId, conversationId],
  );
  expect(rows.map(({ type, cause }) => [type, cause])).toEqual(announced);
});
