import { configSchema as api } from '@frontdesk/api/config';
import { configSchema as conversation } from '@frontdesk/conversation-worker/config';
import { configSchema as messaging, mediaHasOnePlace, sendsEndFirst } from '@frontdesk/messaging-worker/config';
import { configSchema as payments } from '@frontdesk/payments-service/config';
import { loadConfig as load, publicUrl } from '@frontdesk/runtime';
import { configSchema as ingress } from '@frontdesk/webhook-ingress/config';
import { z } from 'zod';

const adminSettings = ['ADMIN_ISSUER', 'ADMIN_AUDIENCE', 'ADMIN_JWKS_URL'] as const;

/**
 * What the desk in one process reads from its environment and its secret: everything that its parts do, but for what belongs
 * to queues, Redis and the size of single pools. Where parts share a setting, the stricter one comes later. A small desk may
 * have nobody who signs tokens: without the three settings of the administration it has none.
 */
export const configSchema = z
  .object({
    ...api.shape,
    ...ingress.shape,
    ...conversation.shape,
    ...messaging.shape,
    ...payments.shape,
    ADMIN_ISSUER: publicUrl(api.shape.ADMIN_ISSUER.optional()),
    ADMIN_AUDIENCE: api.shape.ADMIN_AUDIENCE.optional(),
    ADMIN_JWKS_URL: publicUrl(api.shape.ADMIN_JWKS_URL.optional()),
  })
  .omit({
    AWS_ENDPOINT_URL: true,
    QUEUE_VISIBILITY_SECONDS: true,
    QUEUE_WATCH_MS: true,
    REDIS_URL: true,
    DATABASE_POOL: true,
  })
  .check(sendsEndFirst)
  .check(mediaHasOnePlace)
  .refine((config) => [0, 3].includes(adminSettings.filter((name) => config[name] !== undefined).length), {
    path: ['ADMIN_ISSUER'],
    message: `give all of ${adminSettings.join(', ')}, or none`,
  });

export type Config = z.infer<typeof configSchema>;

/** @throws ConfigFault that names what is missing or wrong */
export const loadConfig = (environment?: NodeJS.ProcessEnv): Promise<Config> => load(configSchema, environment);
