// Run as a process of its own: holds, one after the other, each of the offers that it is given.
import { createDatabase } from '@frontdesk/db';
import { holdOfferedTime } from '../src/postgres/index.ts';

export type HoldTimes = {
  url: string;
  orgId: string;
  now: string;
  offers: { offerId: string; contactId: string; conversationId: string }[];
};

const { url, orgId, now, offers } = JSON.parse(process.argv[2] ?? '') as HoldTimes; // written by the test
const database = createDatabase({ url, role: 'frontdesk_conversation_worker', max: 4 });
process.stdout.write('ready\n');
await new Promise<void>((resolve) => process.stdin.once('data', () => resolve()));
const outcomes = await Promise.all(
  offers.map((offer) =>
    database.inTenant(orgId, async (tx) => {
      const outcome = await holdOfferedTime(tx, {
        orgId,
        ...offer,
        causeKey: offer.offerId,
        now: Temporal.Instant.from(now),
        holdFor: Temporal.Duration.from({ minutes: 15 }),
      });
      return outcome.kind;
    }),
  ),
);
process.stdout.write(`${JSON.stringify(outcomes)}\n`);
process.stdin.destroy();
await database.close();
