import { commonConfig, loadConfig as load, publicUrl, secret, tokenKeys, vendorUrl } from '@frontdesk/runtime';
import { z } from 'zod';

/** What this service reads from its environment and its secret. */
export const configSchema = z.object({
  ...commonConfig,
  /** Square's production unless another is given. */
  SQUARE_BASE_URL: vendorUrl(z.url().optional(), {
    production: ['connect.squareup.com'],
    staging: ['connect.squareup.com', 'connect.squareupsandbox.com'],
  }),
  /** What encrypts the clinics' Square tokens: `id:base64,id:base64`, newest last, 32 bytes each. */
  TOKEN_KEYS: secret(tokenKeys),
  /** A patient has this long to pay, from the sending of the link. */
  HOLD_SECONDS: z.coerce.number().int().positive().default(900),
  /** The page on which a payer lands after paying. */
  PAYMENT_RETURN_URL: publicUrl(z.url()),
  /** A patient who has waited this long for the link is told that it takes longer. */
  LINK_DELAY_NOTICE_MS: z.coerce.number().int().positive().default(60_000),
  /** How often rows that a message or an alarm lost are looked for. */
  SWEEP_EVERY_MS: z.coerce.number().int().positive().default(5_000),
  /** Square has this long to answer. */
  SQUARE_TIMEOUT_MS: z.coerce.number().int().min(1_000).max(20_000).default(10_000),
});

export type Config = z.infer<typeof configSchema>;

export const loadConfig = (environment?: NodeJS.ProcessEnv): Promise<Config> => load(configSchema, environment);
