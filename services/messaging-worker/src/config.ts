import { commonConfig, loadConfig as load, publicUrl, secret, vendorUrl } from '@frontdesk/runtime';
import { z } from 'zod';

/** What this service reads from its environment and its secret. */
export const configSchema = z
  .object({
    ...commonConfig,
    /** The account's key for the API: `KEY…`. */
    TELNYX_API_KEY: secret(z.string().min(1), 40),
    /** Telnyx's production unless another is given; ends in /v2. */
    TELNYX_BASE_URL: vendorUrl(z.url().optional(), { production: ['api.telnyx.com'], staging: ['api.telnyx.com'] }),
    /** Where the carrier reaches webhook-ingress with its receipts. */
    PUBLIC_WEBHOOK_URL: publicUrl(z.url().refine((url) => !url.endsWith('/'), 'it must not end with a slash')),
    /** The carrier has this long to answer; afterwards nobody knows whether it has the text. */
    SEND_TIMEOUT_MS: z.coerce.number().int().min(100).max(20_000).default(10_000),
    /** The first retry comes within this time, each further one within twice as long, up to the cap. */
    SEND_RETRY_BASE_MS: z.coerce.number().int().positive().default(2_000),
    /** The longest wait between two tries. */
    SEND_RETRY_CAP_MS: z.coerce.number().int().positive().default(120_000),
    /** A text that the carrier did not take by then has failed. */
    SEND_MAX_ATTEMPTS: z.coerce.number().int().min(1).max(20).default(5),
    /** A send without an answer and without a receipt for this long becomes a task for staff. */
    UNKNOWN_AFTER_MS: z.coerce.number().int().positive().default(300_000),
    /** How often rows that a message or an alarm lost are looked for. */
    SWEEP_EVERY_MS: z.coerce.number().int().positive().default(5_000),
  })
  .check(sendsEndFirst);

/** Demands that a send in hand is not given up as unknown. */
export function sendsEndFirst({
  value: { UNKNOWN_AFTER_MS, SEND_TIMEOUT_MS },
  issues,
}: {
  value: { UNKNOWN_AFTER_MS: number; SEND_TIMEOUT_MS: number };
  issues: z.core.$ZodRawIssue[];
}): void {
  if (UNKNOWN_AFTER_MS > SEND_TIMEOUT_MS) return;
  const message = 'it must be longer than SEND_TIMEOUT_MS, or a send in hand would be given up';
  issues.push({ code: 'custom', path: ['UNKNOWN_AFTER_MS'], input: UNKNOWN_AFTER_MS, message });
}

export type Config = z.infer<typeof configSchema>;

export const loadConfig = (environment?: NodeJS.ProcessEnv): Promise<Config> => load(configSchema, environment);
