import { assertBoundByRowLevelSecurity } from '@frontdesk/db';
import { systemClock, type Logger } from '@frontdesk/kernel';
import { telnyxWebhookDeliveries } from '@frontdesk/providers/telnyx';
import { createRetention, createSqsTransport, createSweep, type Sweep, type Transport } from '@frontdesk/queue';
import { createHost, type Host, type Part, type WorkConfig } from '@frontdesk/runtime';
import type { Config } from './config.ts';
import { createIngress, type Ingress } from './ingress.ts';
import { makeRecoverUndeliveredWebhooks } from './jobs/recover-undelivered-webhooks.ts';
import { createIngressPool } from './postgres/ingress-pool.ts';
import { lagNotGrowing } from './readiness/lag-not-growing.ts';

const service = 'webhook-ingress';

/** An operator waits for it. */
const lookForReplaysEveryMs = 2_000;

/** Puts the service together, in a process of its own. Nothing runs before `start`. */
export function compose(config: Config): Host {
  return createHost({
    service,
    config,
    parts: (logger) => {
      const transport = createSqsTransport({ service, config, logger });
      return [transport, composeWork(config, { transport, logger })];
    },
  });
}

/** What the service does, whatever carries its events. */
export function composeWork(
  config: WorkConfig<Config>,
  { transport, logger, connections = 6 }: { transport: Transport; logger: Logger; connections?: number },
): Part {
  const pool = createIngressPool({
    url: config.DATABASE_URL,
    statementTimeoutMs: config.COMMIT_DEADLINE_MS,
    max: connections,
  });
  const ingress = createIngress({
    pool,
    telnyxPublicKey: config.TELNYX_PUBLIC_KEY,
    twilioAuthToken: config.TWILIO_AUTH_TOKEN,
    meta: metaSettings(config),
    squareSignatureKey: config.SQUARE_WEBHOOK_SIGNATURE_KEY,
    publicWebhookUrl: config.PUBLIC_WEBHOOK_URL,
    logger,
    onCommit: transport.poke,
    repeatWindowMs: config.REPEAT_WINDOW_MS,
    deadlineMs: config.COMMIT_DEADLINE_MS,
  });
  const recovery = recoverySweep(config, ingress, logger);
  const replays = createSweep({
    name: 'webhooks to take in again',
    everyMs: lookForReplaysEveryMs,
    sweep: ingress.replayWebhooks,
    logger,
  });
  // This service runs wherever the desk does, so what is old is forgotten here and nowhere else.
  const retention = createRetention({
    databaseUrl: config.DATABASE_URL,
    days: {
      eventLog: config.EVENT_LOG_DAYS,
      inbox: config.INBOX_DAYS,
      webhooks: config.WEBHOOK_EVENT_DAYS,
      parked: config.PARKED_MESSAGE_DAYS,
      idempotencyKeys: config.IDEMPOTENCY_KEY_DAYS,
    },
    clock: systemClock,
    logger,
  });
  return {
    checks: { postgres: () => pool.query('select 1'), relay: lagNotGrowing(transport.lag) },
    http: { path: '/webhooks/', handle: ingress.handle },
    async start() {
      await assertBoundByRowLevelSecurity(pool);
      recovery?.start();
      replays.start();
      retention.start();
    },
    async stop() {
      await Promise.all([recovery?.stop(), replays.stop(), retention.stop()]);
      await ingress.idle();
      await pool.end();
    },
  };
}

function metaSettings({
  META_APP_SECRET: appSecret,
  META_VERIFY_TOKEN: verifyToken,
}: Pick<Config, 'META_APP_SECRET' | 'META_VERIFY_TOKEN'>) {
  return appSecret === undefined || verifyToken === undefined ? undefined : { appSecret, verifyToken };
}

/** None without a key: then the carrier's own retries are all there is. */
function recoverySweep(
  config: Pick<Config, 'TELNYX_API_KEY' | 'TELNYX_BASE_URL' | 'RECOVER_EVERY_MS'>,
  { telnyxRoutes, accept }: Ingress,
  logger: Logger,
): Sweep | null {
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
