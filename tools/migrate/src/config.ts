import { commonConfig, loadConfig as load, secret } from '@frontdesk/runtime';
import { z } from 'zod';

const { FRONTDESK_ENV, AWS_ENDPOINT_URL, AWS_REGION, LOG_LEVEL, SECRET_ID } = commonConfig;
const login = secret(z.url().optional());

/** What AWS gives in place of the owner's address. */
const ownerParts = [
  'DATABASE_HOST',
  'DATABASE_NAME',
  'DATABASE_AUTHORITIES',
  'DATABASE_OWNER',
  'DATABASE_OWNER_PASSWORD',
] as const;

/** What the task reads from its environment and its secret. Logins that are missing in the database are made. */
export const configSchema = z
  .object({
    FRONTDESK_ENV,
    /** The address of the database's owner, which no service has. AWS gives it in parts, below. */
    DATABASE_ADMIN_URL: login,
    /** Where the server is. */
    DATABASE_HOST: z.string().min(1).optional(),
    /** The database on it. */
    DATABASE_NAME: z.string().min(1).optional(),
    /** The file with the certificates that the server's own must be signed by. */
    DATABASE_AUTHORITIES: z.string().min(1).optional(),
    /** The owner's name. */
    DATABASE_OWNER: z.string().min(1).optional(),
    /** The owner's password. */
    DATABASE_OWNER_PASSWORD: secret(z.string().min(1).optional()),
    /** One login for all services, where they share one. */
    DATABASE_URL: login,
    /** The `DATABASE_URL` of webhook-ingress, where each service has a login of its own. */
    LOGIN_WEBHOOK_INGRESS: login,
    /** The same of conversation-worker. */
    LOGIN_CONVERSATION_WORKER: login,
    /** The same of messaging-worker. */
    LOGIN_MESSAGING_WORKER: login,
    /** The same of payments. */
    LOGIN_PAYMENTS: login,
    /** The same of api. */
    LOGIN_API: login,
    /** The `DATABASE_OPERATOR_URL` of the people who operate the desk. */
    LOGIN_OPERATOR: login,
    AWS_ENDPOINT_URL,
    AWS_REGION,
    LOG_LEVEL,
    SECRET_ID,
  })
  .refine((config) => config.DATABASE_ADMIN_URL !== undefined || hasAllParts(config), {
    path: ['DATABASE_ADMIN_URL'],
    message: `give it, or all of ${ownerParts.join(', ')}`,
  });

export type Config = z.infer<typeof configSchema>;

export const loadConfig = (environment?: NodeJS.ProcessEnv): Promise<Config> => load(configSchema, environment);

function hasAllParts(settings: { [Part in (typeof ownerParts)[number]]?: string | undefined }): boolean {
  return ownerParts.every((part) => settings[part] !== undefined);
}
