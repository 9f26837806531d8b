import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, nullLogger, systemClock } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { telnyxWebhookDeliveries } from '@frontdesk/providers/telnyx';
import { startTelnyxSimulator, type TelnyxSimulator } from '@frontdesk/simulators';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { createIngress, type Ingress } from '../src/ingress.ts';
import { makeRecoverUndeliveredWebhooks } from '../src/jobs/recover-undelivered-webhooks.ts';
import { createIngressPool } from '../src/postgres/ingress-pool.ts';
import { newNumber, rowsOf } from './desk.ts';
import { publicWebhookUrl, squareSignatureKey, telnyxPublicKey } from './signing.ts';

const nobodyListens = 'http://127.0.0.1:9';

let database: TestDatabase;
let clinic: ClinicDefinition;
let carrier: TelnyxSimulator;
let ingress: Ingress;
let close: () => Promise<void>;

beforeAll(async () => {
  database = await createTestDatabase();
  clinic = await createTestClinic(database.owner);
  carrier = await startTelnyxSimulator({
    webhookUrls: {
      messages: `${nobodyListens}/webhooks/telnyx/messages`,
      voice: `${nobodyListens}/webhooks/telnyx/voice`,
    },
    retryGapsMs: [],
  });
  carrier.assignNumber(clinic.location.number, 'profile');
  const pool = createIngressPool({ url: database.appUrl, statementTimeoutMs: 1_500 });
  ingress = createIngress({
    pool,
    telnyxPublicKey,
    squareSignatureKey,
    publicWebhookUrl,
    logger: nullLogger,
    onCommit: () => {},
  });
  close = async () => {
    await ingress.idle();
    await pool.end();
  };
});
afterAll(async () => {
  await close();
  await carrier.stop();
  await database.close();
});

/** A process that looks into the carrier's log. */
function recovery({ accept = ingress.accept }: Partial<Pick<Ingress, 'accept'>> = {}) {
  const log = telnyxWebhookDeliveries({ apiKey: 'KEY-test', baseUrl: carrier.apiUrl, timeoutMs: 5_000 });
  return makeRecoverUndeliveredWebhooks({
    undeliveredSince: (since) => log.undeliveredSince(since),
    routes: ingress.telnyxRoutes,
    accept,
    clock: systemClock,
    logger: nullLogger,
  });
}

const undeliveredText = async (text: string) => {
  const from = newNumber();
  await carrier.receiveText({ from, to: clinic.location.number, text });
  await carrier.settled();
  return from;
};

describe('a webhook that the carrier gave up on', () => {
  it('is taken in from its log, once, however often the log is read', async () => {
    const rows = rowsOf(database);
    const from = await undeliveredText('is anybody there?');
    expect(await rows.texts(from)).toEqual([]);
    const recover = recovery();
    await recover();
    await recover();
    await recovery()();
    expect(await rows.texts(from)).toMatchObject([{ body: 'is anybody there?', handled_by: null }]);
  });

  it('is a STOP as much as any other', async () => {
    const from = await undeliveredText('STOP');
    await recovery()();
    const { rows } = await database.owner.query('select phone from opt_outs where phone = $1', [from]);
    expect(rows).toHaveLength(1);
  });

  it('that cannot be stored holds no other up, and is asked for again', async () => {
    const [first, second] = [await undeliveredText('one'), await undeliveredText('two')];
    let refused = false;
    const recover = recovery({
      accept: (webhooks) => {
        const [webhook] = webhooks;
        if (refused || webhook?.content.kind !== 'text' || webhook.content.from !== second)
          return ingress.accept(webhooks);
        refused = true;
        return Promise.reject(new Error('the database is gone'));
      },
    });
    await recover();
    const rows = rowsOf(database);
    expect([(await rows.texts(first)).length, (await rows.texts(second)).length]).toEqual([1, 0]);
    await recover();
    expect([(await rows.texts(first)).length, (await rows.texts(second)).length]).toEqual([1, 1]);
  });

  it('names its attempt by the address that it was posted to', async () => {
    const attempt = newId();
    const [route] = ingress.telnyxRoutes;
    const seen: unknown[] = [];
    const recover = makeRecoverUndeliveredWebhooks({
      async *undeliveredSince() {
        yield {
          body: {
            data: {
              record_type: 'event',
              event_type: 'message.finalized',
              id: newId(),
              occurred_at: '2026-11-20T17:00:00Z',
              payload: {
                id: newId(),
                direction: 'outbound',
                from: { phone_number: clinic.location.number },
                to: [{ phone_number: newNumber(), status: 'delivered' }],
                errors: [],
              },
            },
          },
          url: `${publicWebhookUrl}${route?.path ?? ''}?attempt=${attempt}`,
        };
      },
      routes: ingress.telnyxRoutes,
      accept: async (webhooks) => {
        seen.push(...webhooks.map(({ content }) => content));
        return 'accepted';
      },
      clock: systemClock,
      logger: nullLogger,
    });
    await recover();
    expect(seen).toMatchObject([{ kind: 'delivery-report', attemptId: attempt }]);
  });
});
