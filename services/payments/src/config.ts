import { parseTokenKeys } from '@frontdesk/payments';
import { commonConfig, loadConfig as load, secret } from '@frontdesk/runtime';
import { z } from 'zod';

/** What this service reads from its environment and its secret. */
export const configSchema = z
  .object({
    ...commonConfig,
    /** Square's production unless another is given. */
    SQUARE_BASE_URL: z.url().optional(),
    /** What encrypts the clinics' Square tokens: `id:base64,id:base64`, newest last, 32 bytes each. */
    TOKEN_KEYS: secret(
      z.string().transform((text, context) => {
        try {
          return parseTokenKeys(text);
        } catch (error) {
          context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'unreadable' });
          return z.NEVER;
        }
      }),
    ),
    /** A patient has this long to pay, from the sending of the link. */
    HOLD_SECONDS: z.coerce.number().int().positive().default(900),
    /** The page on which a payer lands after paying. */
    PAYMENT_RETURN_URL: z.url(),
    /** A patient who has waited this long for the link is told that it takes longer. */
    LINK_DELAY_NOTICE_MS: z.coerce.number().int().positive().default(60_000),
    SWEEP_EVERY_MS: z.coerce.number().int().positive().default(5_000),
    SQUARE_TIMEOUT_MS: z.coerce.number().int().min(1_000).max(20_000).default(10_000),
  })
  .refine((config) => isForPatients(config.PAYMENT_RETURN_URL) || isAtHome(config.FRONTDESK_ENV), {
    path: ['PAYMENT_RETURN_URL'],
    message: 'patients are sent there, so it is an https address that is not this machine',
  });

export type Config = z.infer<typeof configSchema>;

export const loadConfig = (environment?: NodeJS.ProcessEnv): Promise<Config> => load(configSchema, environment);

function isForPatients(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function isAtHome(environment: string): boolean {
  return environment === 'local' || environment === 'test';
}
