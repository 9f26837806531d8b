import { contexts, type EventDefinition } from '@frontdesk/contracts';
import { appendEvent, outboxRow } from '@frontdesk/db';
import { newId, nullLogger } from '@frontdesk/kernel';
import { createRelay } from '@frontdesk/queue';
import { startSquareSimulator } from '@frontdesk/simulators';
import { createTestClinic, createTestDatabase, createTestQueues, testTokenKeys } from '@frontdesk/testkit';

export type Surroundings = Awaited<ReturnType<typeof openSurroundings>>;

/** Everything around the service: database, queue, Square, and the outboxes of its neighbours. */
export async function openSurroundings() {
  const [server, queues, square] = await Promise.all([
    createTestDatabase(),
    createTestQueues(),
    startSquareSimulator({ signatureKey: 'key', notificationUrl: 'http://127.0.0.1:9/never-called' }),
  ]);
  // No ingress runs here: what Square would post is told by the tests.
  square.planWebhooks({ hold: true });
  const clinic = await createTestClinic(server.owner);
  const { merchantId, squareLocationId, accessToken } = clinic.depositAccount ?? {
    merchantId: '',
    squareLocationId: '',
    accessToken: '',
  };
  square.addAccount({ accessToken, merchantId, locationIds: [squareLocationId] });
  const relayPool = server.poolAs('frontdesk_relay');
  const neighbours = (['conversation-worker', 'webhook-ingress'] as const).map((producer) => {
    const relay = createRelay({ pool: relayPool, producer, sqs: queues.sqs, logger: nullLogger, pollMs: 50 });
    relay.start();
    const database = server.as(
      producer === 'webhook-ingress' ? 'frontdesk_webhook_ingress' : 'frontdesk_conversation_worker',
    );
    return { producer, relay, database };
  });
  return {
    server,
    queues,
    square,
    clinic,
    environment: {
      FRONTDESK_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: server.appUrl,
      AWS_ENDPOINT_URL: queues.endpoint,
      AWS_REGION: 'us-east-1',
      SQUARE_BASE_URL: square.apiUrl,
      SQUARE_TIMEOUT_MS: '1000',
      TOKEN_KEYS: [...testTokenKeys].map(([id, key]) => `${id}:${key.toString('base64')}`).join(','),
      PAYMENT_RETURN_URL: 'http://127.0.0.1:9/paid',
      HOLD_SECONDS: '900',
      LINK_DELAY_NOTICE_MS: '60000',
      SWEEP_EVERY_MS: '200',
    },
    /** Has a neighbour announce something, through its own outbox and relay. */
    async announce<Data>(definition: EventDefinition<string, Data>, data: Data): Promise<void> {
      const neighbour = neighbours.find(({ producer }) => definition.producers.includes(producer));
      if (neighbour === undefined) throw new Error(`nobody here announces ${definition.type}`);
      const occurredAt = Temporal.Now.instant();
      await neighbour.database.inTenant(clinic.id, (tx) =>
        appendEvent(tx, { definition, orgId: clinic.id, data, occurredAt, correlationId: newId(), causationId: null }),
      );
      neighbour.relay.poke();
    },
    /** An event on the queue, and again under the same id, as SQS brings it when nobody answered the first time. */
    send<Data>(definition: EventDefinition<string, Data>, data: Data): { again(): void } {
      const occurredAt = Temporal.Now.instant();
      const told = { definition, orgId: clinic.id, data, occurredAt, correlationId: newId(), causationId: null };
      const { queue, envelope } = outboxRow(told);
      const put = () => {
        // A group of its own: the emulator holds back a group whose message was never answered.
        const ids = { messageGroupId: newId(), messageDeduplicationId: newId() };
        queues.server.sendMessage(queue, JSON.stringify(envelope), ids);
      };
      put();
      return { again: put };
    },
    inHand: () => queues.depth(contexts.payments.queue),
    queueIsEmpty: async () => (await queues.depth(contexts.payments.queue)) === 0,
    async close() {
      await Promise.all(neighbours.map(({ relay }) => relay.stop()));
      await Promise.all([queues.close(), square.stop(), server.close()]);
    },
  };
}
