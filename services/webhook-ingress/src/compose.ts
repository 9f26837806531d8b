import { createServer, type RequestListener } from 'node:http';
import { contexts } from '@frontdesk/contracts';
import { assertBoundByRowLevelSecurity, createPool } from '@frontdesk/db';
import { systemClock, type Logger } from '@frontdesk/kernel';
import { telnyxWebhookDeliveries } from '@frontdesk/providers/telnyx';
import { createRelay, createSqs, createSweep, reachQueue, type Sweep } from '@frontdesk/queue';
import {
  createLogger,
  createOperationsApp,
  listen,
  startTelemetry,
  telemetrySettings,
  type Listener,
  type Runnable,
} from '@frontdesk/runtime';
import type { Express } from 'express';
import type { Config } from './config.ts';
import { createIngress, type Ingress } from './ingress.ts';
import { makeRecoverUndeliveredWebhooks } from './jobs/recover-undelivered-webhooks.ts';
import { createIngressPool } from './postgres/ingress-pool.ts';
import { lagNotGrowing } from './readiness/lag-not-growing.ts';

const service = 'webhook-ingress';

export type WebhookIngress = Runnable & {
  readonly logger: Logger;
  /** Where it listens; 0 before it is started. */
  readonly port: number;
};

/** Puts the service together. Nothing runs before `start`. */
export function compose(config: Config): WebhookIngress {
  const telemetry = startTelemetry({ service, ...telemetrySettings(config) });
  const logger = createLogger({ service, level: config.LOG_LEVEL });
  const pool = createIngressPool({ url: config.DATABASE_URL, statementTimeoutMs: config.COMMIT_DEADLINE_MS });
  const relayPool = createPool({ url: config.DATABASE_URL, role: 'frontdesk_relay', max: 5 });
  const sqs = createSqs({ endpoint: config.AWS_ENDPOINT_URL, region: config.AWS_REGION });
  const relay = createRelay({ pool: relayPool, producer: service, sqs, logger });
  const ingress = createIngress({
    pool,
    telnyxPublicKey: config.TELNYX_PUBLIC_KEY,
    squareSignatureKey: config.SQUARE_WEBHOOK_SIGNATURE_KEY,
    publicWebhookUrl: config.PUBLIC_WEBHOOK_URL,
    logger,
    onCommit: () => relay.poke(),
    repeatWindowMs: config.REPEAT_WINDOW_MS,
    deadlineMs: config.COMMIT_DEADLINE_MS,
  });
  const recovery = recoverySweep(config, ingress, logger);
  const operations = createOperationsApp({
    service,
    checks: {
      postgres: () => pool.query('select 1'),
      sqs: () => reachQueue(sqs, contexts.conversation.queue),
      relay: lagNotGrowing(() => relay.lag()),
    },
    telemetry,
    logger,
  });
  let listener: Listener | undefined;

  return {
    logger,
    get port() {
      return listener?.port ?? 0;
    },
    async start() {
      await assertBoundByRowLevelSecurity(pool);
      relay.start();
      recovery?.start();
      listener = await listen(createServer(hotPathFirst(ingress, operations)), config.PORT);
      logger.info({ port: listener.port }, 'listening');
    },
    async stop() {
      await Promise.all([listener?.close(), recovery?.stop()]);
      await ingress.idle();
      await relay.stop();
      sqs.destroy();
      await Promise.all([pool.end(), relayPool.end()]);
      await telemetry.shutdown();
    },
  };
}

/** None without a key: then the carrier's own retries are all there is. */
function recoverySweep(config: Config, { telnyxRoutes, accept }: Ingress, logger: Logger): Sweep | null {
  const { TELNYX_API_KEY: apiKey, TELNYX_BASE_URL: baseUrl } = config;
  if (apiKey === undefined) return null;
  const log = telnyxWebhookDeliveries({ apiKey, baseUrl, timeoutMs: 10_000 });
  return createSweep({
    name: 'webhooks that never arrived',
    everyMs: config.RECOVER_EVERY_MS,
    sweep: makeRecoverUndeliveredWebhooks({
      undeliveredSince: (since) => log.undeliveredSince(since),
      routes: telnyxRoutes,
      accept,
      clock: systemClock,
      logger,
    }),
    logger,
  });
}

/** Webhooks are answered before Express sees them, which halves what one costs; everything else is Express. */
function hotPathFirst(ingress: Ingress, operations: Express): RequestListener {
  operations.use((_request, response) => {
    response.status(404).json({ error: { code: 'unknown-path', message: 'nothing is served at this path' } });
  });
  return (request, response) => {
    if (request.url?.startsWith('/webhooks/') === true) ingress.handle(request, response);
    else operations(request, response);
  };
}
