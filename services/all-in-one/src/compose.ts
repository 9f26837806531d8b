import { composeWork as apiWork } from '@frontdesk/api/compose';
import { composeWork as conversationWork } from '@frontdesk/conversation-worker/compose';
import { composeWork as messagingWork } from '@frontdesk/messaging-worker/compose';
import { composeWork as paymentsWork } from '@frontdesk/payments-service/compose';
import { createInProcessTransport } from '@frontdesk/queue';
import { createHost, type Host, type Part } from '@frontdesk/runtime';
import { composeWork as ingressWork } from '@frontdesk/webhook-ingress/compose';
import type { Config } from './config.ts';
import { together } from './together.ts';

const service = 'all-in-one';

/** Connections to Postgres, each as its part's own role. With two of the transport and four of each alarm clock they make twenty, and three more with the administration. */
const connections = { ingress: 3, conversation: 3, messaging: 2, payments: 2, api: 2 } as const;

/** Puts the whole desk together in one process, without SQS and Redis. Nothing runs before `start`. */
export function compose(config: Config): Host {
  return createHost({
    service,
    config,
    parts: (logger) => {
      const transport = createInProcessTransport({ databaseUrl: config.DATABASE_URL, service, logger });
      const around = { transport, logger };
      const workers = together({
        'conversation-worker': conversationWork({ ...config, DATABASE_POOL: connections.conversation }, around),
        'messaging-worker': messagingWork(config, { ...around, connections: connections.messaging }),
        payments: paymentsWork(config, { ...around, connections: connections.payments }),
      });
      const ingress = ingressWork(config, { ...around, connections: connections.ingress });
      return [transport, workers, ingress, ...administration(config, around)];
    },
  });
}

/** None where nobody signs tokens. */
function administration(config: Config, around: Parameters<typeof apiWork>[1]): Part[] {
  const { ADMIN_ISSUER, ADMIN_AUDIENCE, ADMIN_JWKS_URL } = config;
  if (ADMIN_ISSUER === undefined || ADMIN_AUDIENCE === undefined || ADMIN_JWKS_URL === undefined) return [];
  const settings = { ...config, ADMIN_ISSUER, ADMIN_AUDIENCE, ADMIN_JWKS_URL };
  return [apiWork(settings, { ...around, connections: connections.api })];
}
