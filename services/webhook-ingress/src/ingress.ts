import { systemClock, type Clock, type Logger } from '@frontdesk/kernel';
import { createMetaVerifier } from '@frontdesk/providers/meta-webhooks';
import { createSquareVerifier } from '@frontdesk/providers/square-webhooks';
import { createTelnyxVerifier } from '@frontdesk/providers/telnyx-webhooks';
import { createTwilioVerifier } from '@frontdesk/providers/twilio-webhooks';
import { context } from '@opentelemetry/api';
import type pg from 'pg';
import { textMetrics } from './acceptance/text-metrics.ts';
import { acceptTogether } from './acceptance/accept-together.ts';
import { makeAcceptWebhooks } from './acceptance/accept-webhooks.ts';
import { createLanes } from './acceptance/lanes.ts';
import { groupOf, orderKeys, type Outcome, type Webhook } from './acceptance/webhook.ts';
import { createWebhookHandler, type WebhookHandler } from './http/webhook-handler.ts';
import { webhookMetrics } from './http/webhook-metrics.ts';
import type { WebhookRoute } from './http/webhook-route.ts';
import { makeReplayWebhooks } from './jobs/replay-webhooks.ts';
import { createClinicFinder } from './postgres/find-clinics.ts';
import { isFaultOfARow, metAnother } from './postgres/is-fault-of-a-row.ts';
import { metaRoute } from './routes/meta.ts';
import { squarePath, squareRoute } from './routes/square.ts';
import { telnyxRoutes } from './routes/telnyx.ts';
import { twilioRoutes } from './routes/twilio.ts';

export type IngressOptions = {
  pool: pg.Pool;
  telnyxPublicKey: string;
  /** Without it Twilio has no routes. */
  twilioAuthToken?: string | undefined;
  /** Without them WhatsApp by Meta has no route. */
  meta?: { appSecret: string; verifyToken: string } | undefined;
  squareSignatureKey: string;
  /** Where the providers reach this service, without a slash at the end. */
  publicWebhookUrl: string;
  logger: Logger;
  /** Called after each commit: the outbox may have rows. */
  onCommit: () => void;
  clock?: Clock;
  repeatWindowMs?: number;
  deadlineMs?: number;
};

export type Ingress = {
  /** Answers everything under `/webhooks/`. */
  handle: WebhookHandler;
  /** The addresses that Telnyx posts to. */
  telnyxRoutes: readonly WebhookRoute[];
  /** Takes in webhooks that are known to be the provider's. Resolves once all are durable. */
  accept: (webhooks: readonly Webhook[]) => Promise<Outcome>;
  /** Takes in again what operators want replayed. */
  replayWebhooks: () => Promise<void>;
  /** Resolves when nothing is being committed. */
  idle(): Promise<void>;
};

/** The way of a webhook, from raw bytes to the commit. */
export function createIngress(options: IngressOptions): Ingress {
  const { pool, logger, onCommit, clock = systemClock, repeatWindowMs = 3_000, deadlineMs = 1_500 } = options;
  const acceptWebhooks = makeAcceptWebhooks({
    pool,
    findClinics: createClinicFinder(pool),
    clock,
    repeatWindowMs,
    onTexts: textMetrics(),
  });
  const lanes = createLanes({
    // What a batch writes is told in the trace of its first webhook.
    commit: (webhooks: readonly Webhook[]) =>
      context.with(webhooks[0]?.trace ?? context.active(), async () => {
        // Not every carrier sends a text again.
        const outcomes = await acceptWebhooks(webhooks).catch((error: unknown) => {
          if (!metAnother(error)) throw error;
          return acceptWebhooks(webhooks);
        });
        onCommit();
        return outcomes;
      }),
    keysOf: orderKeys,
    groupOf,
    mayBeOneItemsFault: isFaultOfARow,
    deadlineMs,
  });
  const verifySquare = createSquareVerifier({
    signatureKey: options.squareSignatureKey,
    notificationUrl: `${options.publicWebhookUrl}${squarePath}`,
  });
  const telnyx = telnyxRoutes({
    verify: createTelnyxVerifier({ publicKey: options.telnyxPublicKey, clock }),
    clock,
  });
  const { twilioAuthToken: authToken, publicWebhookUrl } = options;
  const twilio =
    authToken === undefined
      ? []
      : twilioRoutes({ verify: createTwilioVerifier({ authToken, publicWebhookUrl }), clock });
  const accept = (webhooks: readonly Webhook[]) => acceptTogether(webhooks, (webhook) => lanes.submit(webhook));
  const { meta: settings } = options;
  const meta =
    settings === undefined
      ? []
      : [metaRoute({ verify: createMetaVerifier(settings), verifyToken: settings.verifyToken, clock })];
  const routes = [...telnyx, ...twilio, ...meta, squareRoute({ verify: verifySquare, clock })];
  const handle = createWebhookHandler({
    routes,
    accept,
    metrics: webhookMetrics(),
    logger,
  });
  const replayWebhooks = makeReplayWebhooks({ pool, acceptWebhooks, routes, onCommit, logger });
  return { handle, telnyxRoutes: telnyx, accept, replayWebhooks, idle: () => lanes.idle() };
}
