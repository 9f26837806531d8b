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
    DATABASE_HOST: z.string().min(1).optional(),
    DATABASE_NAME: z.string().min(1).optional(),
    /** The file with the certificates that the server's own must be signed by. */
    DATABASE_AUTHORITIES: z.string().min(1).optional(),
    DATABASE_OWNER: z.string().min(1).optional(),
    DATABASE_OWNER_PASSWORD: secret(z.string().min(1).optional()),
    /** One login for all services, where they share one. */
    DATABASE_URL: login,
    /** One login for each service, and that of the people who operate the desk. */
    LOGIN_WEBHOOK_INGRESS: login,
    LOGIN_CONVERSATION_WORKER: login,
    LOGIN_MESSAGING_WORKER: login,
    LOGIN_PAYMENTS: login,
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
