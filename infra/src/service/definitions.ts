import { api } from './api.ts';
import { conversationWorker } from './conversation-worker.ts';
import type { ServiceDefinition } from './definition.ts';
import { messagingWorker } from './messaging-worker.ts';
import { payments } from './payments.ts';
import { webhookIngress } from './webhook-ingress.ts';

/** One stack each. */
export const definitions: readonly ServiceDefinition[] = [
  webhookIngress,
  conversationWorker,
  messagingWorker,
  payments,
  api,
];
