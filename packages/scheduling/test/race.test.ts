import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { present } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, createTestPerson, type TestDatabase } from '@frontdesk/testkit';
import { findFreeTimes, recordOffers } from '../src/postgres/index.ts';
import type { HoldTimes } from './hold-times.ts';

const now = Temporal.Instant.from('2026-11-23T15:00:00Z');
const rounds = 12;

let server: TestDatabase;
beforeAll(async () => {
  server = await createTestDatabase();
});
afterAll(() => server.close());

it('of two processes that want the same times, each time goes to exactly one', async () => {
  const clinic = await createTestClinic(server.owner);
  const database = server.as('frontdesk_conversation_worker');
  const orgId = clinic.id;
  const serviceId = present(clinic.services[3], 'a service that one practitioner does').id;
  const times = await database.inTenant(orgId, (tx) => findFreeTimes(tx, { orgId, serviceId, now, limit: rounds }));
  const offersToOne = () =>
    Promise.all(
      times.map(async (time) => {
        const { contactId, conversationId } = await createTestPerson(server.owner, clinic);
        const [offer] = await database.inTenant(orgId, (tx) =>
          recordOffers(tx, { orgId, serviceId, conversationId, times: [time], now }),
        );
        return { offerId: present(offer, 'the offer').id, contactId, conversationId };
      }),
    );
  const task = async () => ({ url: server.appUrl, orgId, now: now.toString(), offers: await offersToOne() });
  const racers = [startRacer(await task()), startRacer(await task())];
  await Promise.all(racers.map(({ ready }) => ready));
  for (const { go } of racers) go();
  const [one, other] = await Promise.all(racers.map(({ outcomes }) => outcomes));
  expect(one).toHaveLength(rounds);
  times.forEach((_, n) => expect(new Set([one?.[n], other?.[n]])).toEqual(new Set(['held', 'taken'])));
});

function startRacer(task: HoldTimes) {
  const script = fileURLToPath(new URL('./hold-times.ts', import.meta.url));
  const racer = spawn(process.execPath, [script, JSON.stringify(task)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: racer.stdout })[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  const ready = line();
  return {
    ready,
    go: () => racer.stdin.write('go\n'),
    outcomes: ready.then(async () => JSON.parse(await line()) as string[]), // written by hold-times.ts
  };
}
