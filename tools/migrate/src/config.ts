import { commonConfig, loadConfig as load, secret } from '@frontdesk/runtime';
import { z } from 'zod';

const { FRONTDESK_ENV, DATABASE_URL, AWS_ENDPOINT_URL, AWS_REGION, LOG_LEVEL, SECRET_ID } = commonConfig;

/** What the task reads from its environment and its secret. */
export const configSchema = z.object({
  FRONTDESK_ENV,
  /** The address of the application's login, which is made when it is missing. */
  DATABASE_URL,
  /** The address of the database's owner. No service has it. */
  DATABASE_ADMIN_URL: secret(z.url()),
  AWS_ENDPOINT_URL,
  AWS_REGION,
  LOG_LEVEL,
  SECRET_ID,
});

export type Config = z.infer<typeof configSchema>;

export const loadConfig = (environment?: NodeJS.ProcessEnv): Promise<Config> => load(configSchema, environment);
