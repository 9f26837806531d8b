import { commonConfig, loadConfig as load, publicUrl, secret } from '@frontdesk/runtime';
import { z } from 'zod';

/** What this service reads from its environment and its secret. */
export const configSchema = z.object({
  ...commonConfig,
  /** Base64 of the account's Ed25519 key, from Telnyx's "Keys & Credentials"; both keys with a comma while it is rotated. */
  TELNYX_PUBLIC_KEY: z.string().min(1),
  /** With it the service reads the carrier's log and takes in what could not be delivered, after an outage of ours. */
  TELNYX_API_KEY: secret(z.string().min(1).optional()),
  /** Telnyx's production unless another is given; ends in /v2. */
  TELNYX_BASE_URL: z.url().optional(),
  RECOVER_EVERY_MS: z.coerce.number().int().min(1_000).default(60_000),
  /** With what Square signs: its developer console shows it beside the webhook subscription. Both with a comma while rotated. */
  SQUARE_WEBHOOK_SIGNATURE_KEY: secret(z.string().min(1)),
  /** Where the providers reach this service, exactly as it is registered with them. */
  PUBLIC_WEBHOOK_URL: publicUrl(z.url().refine((url) => !url.endsWith('/'), 'it must not end with a slash')),
  /** The same words from the same person under another id within this time are the same text. */
  REPEAT_WINDOW_MS: z.coerce.number().int().nonnegative().default(3_000),
  /** A webhook that is not committed by then is answered 503. Telnyx hangs up after two seconds. */
  COMMIT_DEADLINE_MS: z.coerce.number().int().positive().max(1_900).default(1_500),
});

export type Config = z.infer<typeof configSchema>;

/** @throws ConfigFault that names what is missing or wrong */
export const loadConfig = (environment = process.env): Promise<Config> => load(configSchema, environment);
