import { commonConfig, loadConfig as load, publicUrl, secret, tokenKeys, vendorUrl } from '@frontdesk/runtime';
import { z } from 'zod';

/** What this service reads from its environment and its secret. */
export const configSchema = z
  .object({
    ...commonConfig,
    /** The account's key for the API: `KEY…`. */
    TELNYX_API_KEY: secret(z.string().min(1), 40),
    /** Telnyx's production unless another is given; ends in /v2. */
    TELNYX_BASE_URL: vendorUrl(z.url().optional(), { production: ['api.telnyx.com'], staging: ['api.telnyx.com'] }),
    /** The Call Control application at Telnyx that calls to numbers go to which the desk buys. Without it their calls are left alone. */
    TELNYX_CONNECTION_ID: z.string().min(1).max(100).optional(),
    /** The account at Twilio. With it and the token below, texts from the clinics' numbers at Twilio leave there. */
    TWILIO_ACCOUNT_SID: z.string().startsWith('AC').optional(),
    /** The auth token of that account; both with a comma while it is rotated. */
    TWILIO_AUTH_TOKEN: secret(z.string().min(1).optional(), 32),
    /** Twilio's production unless another is given. */
    TWILIO_BASE_URL: vendorUrl(z.url().optional(), { production: ['api.twilio.com'], staging: ['api.twilio.com'] }),
    /** How many texts all instances together hand to Telnyx in a second, a quarter more in the first. Its own limit is 50. */
    TELNYX_TEXTS_PER_SECOND: z.coerce.number().positive().max(10_000).default(40),
    /** How many texts all instances together hand to Twilio in a second, a quarter more in the first. */
    TWILIO_TEXTS_PER_SECOND: z.coerce.number().positive().max(10_000).default(100),
    /** The desk's app at Meta. With its secret and TOKEN_KEYS, the clinics' numbers are brought online on WhatsApp. */
    META_APP_ID: z.string().regex(/^\d+$/, 'it is no id of an app').optional(),
    /** The secret of that app; while it is rotated both with a comma, the one to use first. */
    META_APP_SECRET: secret(z.string().min(1).optional(), 32),
    /** What Meta shows when it asks whether our address for webhooks is ours; as webhook-ingress has it. */
    META_VERIFY_TOKEN: secret(z.string().min(16).optional()),
    /** Meta's production, with the version of its API, unless another is given. */
    META_GRAPH_URL: vendorUrl(z.url().default('https://graph.facebook.com/v26.0'), {
      production: ['graph.facebook.com'],
      staging: ['graph.facebook.com'],
    }),
    /** What encrypts the clinics' WhatsApp tokens: `id:base64,id:base64`, newest last, 32 bytes each. Without it no WhatsApp by Meta. */
    TOKEN_KEYS: secret(tokenKeys.optional()),
    /** How many texts all instances together hand to Meta in a second; each of the clinics' numbers has a limit of its own. */
    META_TEXTS_PER_SECOND: z.coerce.number().positive().max(10_000).default(200),
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
    /** After so many tries that a carrier did not take, another one is tried that has a number of the clinic. */
    SEND_FAILOVER_AFTER: z.coerce.number().int().min(1).max(20).default(2),
    /** So many sends in a row that fail or are not answered keep all texts from the carrier for a while. */
    SEND_CIRCUIT_FAILURES: z.coerce.number().int().min(1).default(5),
    /** For how long at first, until one text is let through as a probe; up to sixteen times as long while probes fail. */
    SEND_CIRCUIT_PAUSE_MS: z.coerce.number().int().positive().default(2_000),
    /** The carrier is asked about a send without an answer and without a receipt after this long, and again each time it has passed. */
    RECONCILE_AFTER_MS: z.coerce.number().int().positive().default(60_000),
    /** A send without an answer and without a receipt for this long becomes a task for staff. */
    UNKNOWN_AFTER_MS: z.coerce.number().int().positive().default(300_000),
    /** The bucket of S3 in which files that come with texts are kept; this or MEDIA_FOLDER. */
    MEDIA_BUCKET: z.string().min(3).max(63).optional(),
    /** The key of KMS (its ARN) that encrypts each of them; the bucket encrypts with S3's own without it. */
    MEDIA_KEY_ARN: z.string().min(1).optional(),
    /** Given only where an emulator stands in for S3, or for a private endpoint of it. */
    MEDIA_ENDPOINT: vendorUrl(z.url().optional(), { production: ['.amazonaws.com'], staging: ['.amazonaws.com'] }),
    /** The folder of this machine in which they are kept instead, on an encrypted disk. */
    MEDIA_FOLDER: z.string().min(1).optional(),
    /** How often the list of opt-outs that Telnyx keeps is read, for each messaging profile. */
    CARRIER_OPT_OUTS_EVERY_MS: z.coerce.number().int().positive().default(3_600_000),
    /** How often rows that a message or an alarm lost are looked for. */
    SWEEP_EVERY_MS: z.coerce.number().int().positive().default(5_000),
  })
  .check(sendsEndFirst)
  .check(mediaHasOnePlace);

type Checked = Partial<Record<'TWILIO_ACCOUNT_SID' | 'TWILIO_AUTH_TOKEN', string | undefined>> &
  Record<'UNKNOWN_AFTER_MS' | 'RECONCILE_AFTER_MS' | 'SEND_TIMEOUT_MS', number>;

/** Demands that a send in hand is not given up as unknown, or looked up and sent again. */
export function sendsEndFirst({ value, issues }: { value: Checked; issues: z.core.$ZodRawIssue[] }): void {
  for (const name of ['UNKNOWN_AFTER_MS', 'RECONCILE_AFTER_MS'] as const) {
    if (value[name] > value.SEND_TIMEOUT_MS) continue;
    const message = 'it must be longer than SEND_TIMEOUT_MS, or a send in hand would be given up';
    issues.push({ code: 'custom', path: [name], input: value[name], message });
  }
  if (value.TWILIO_ACCOUNT_SID !== undefined && value.TWILIO_AUTH_TOKEN === undefined) {
    const message = 'it is needed with TWILIO_ACCOUNT_SID';
    issues.push({ code: 'custom', path: ['TWILIO_AUTH_TOKEN'], input: undefined, message });
  }
}

type MediaPlace = { MEDIA_BUCKET?: string | undefined; MEDIA_FOLDER?: string | undefined };

/** Demands one place, and one only, for the files that come with texts. */
export function mediaHasOnePlace({ value, issues }: { value: MediaPlace; issues: z.core.$ZodRawIssue[] }): void {
  const { MEDIA_BUCKET, MEDIA_FOLDER } = value;
  if ((MEDIA_BUCKET === undefined) !== (MEDIA_FOLDER === undefined)) return;
  const message = 'give either MEDIA_FOLDER or MEDIA_BUCKET: files that come with texts are kept in one of them';
  issues.push({ code: 'custom', path: ['MEDIA_FOLDER'], input: MEDIA_FOLDER, message });
}

export type Config = z.infer<typeof configSchema>;

export const loadConfig = (environment?: NodeJS.ProcessEnv): Promise<Config> => load(configSchema, environment);
