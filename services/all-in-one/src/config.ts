import { configSchema as conversation } from '@frontdesk/conversation-worker/config';
import { configSchema as messaging, sendsEndFirst } from '@frontdesk/messaging-worker/config';
import { configSchema as payments } from '@frontdesk/payments-service/config';
import { loadConfig as load } from '@frontdesk/runtime';
import { configSchema as ingress } from '@frontdesk/webhook-ingress/config';
import { z } from 'zod';

/**
 * What the desk in one process reads from its environment and its secret: everything that its parts do, but for what belongs
 * to queues, Redis and the size of single pools. Where parts share a setting, the stricter one comes later.
 */
export const configSchema = z
  .object({ ...ingress.shape, ...conversation.shape, ...messaging.shape, ...payments.shape })
  .omit({
    AWS_ENDPOINT_URL: true,
    QUEUE_VISIBILITY_SECONDS: true,
    QUEUE_WATCH_MS: true,
    REDIS_URL: true,
    DATABASE_POOL: true,
  })
  .check(sendsEndFirst);

export type Config = z.infer<typeof configSchema>;

/** @throws ConfigFault that names what is missing or wrong */
export const loadConfig = (environment?: NodeJS.ProcessEnv): Promise<Config> => load(configSchema, environment);
