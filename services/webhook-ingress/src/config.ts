import { commonConfig, loadConfig as load, publicUrl, secret, vendorUrl } from '@frontdesk/runtime';
import { z } from 'zod';

const days = z.coerce.number().int();
/** SQS keeps a message for 14 days, so an event may be handled that long after it was published. */
const longestHandlingDays = 15;

/** What this service reads from its environment and its secret. */
export const configSchema = z
  .object({
    ...commonConfig,
    /** Base64 of the account's Ed25519 key, from Telnyx's "Keys & Credentials"; both keys with a comma while it is rotated. */
    TELNYX_PUBLIC_KEY: z.string().min(1),
    /** With it the service reads the carrier's log and takes in what could not be delivered, after an outage of ours. */
    TELNYX_API_KEY: secret(z.string().min(1).optional(), 40),
    /** Telnyx's production unless another is given; ends in /v2. */
    TELNYX_BASE_URL: vendorUrl(z.url().optional(), { production: ['api.telnyx.com'], staging: ['api.telnyx.com'] }),
    /**
     * With what Twilio signs: the account's auth token; both with a comma while it is rotated. Without it Twilio's addresses are
     * not there.
     */
    TWILIO_AUTH_TOKEN: secret(z.string().min(1).optional(), 32),
    /** With what Meta signs: the app's secret; both with a comma while it is reset. Without it there is no WhatsApp by Meta. */
    META_APP_SECRET: secret(z.string().min(1).optional(), 32),
    /** The words by which Meta asks whether the webhooks' address is ours; the same stand in the app's dashboard. */
    META_VERIFY_TOKEN: secret(z.string().min(16).optional()),
    /** How often the carrier's log is read. */
    RECOVER_EVERY_MS: z.coerce.number().int().min(1_000).default(60_000),
    /** With what Square signs: its developer console shows it beside the webhook subscription. Both with a comma while rotated. */
    SQUARE_WEBHOOK_SIGNATURE_KEY: secret(z.string().min(1)),
    /** Where the providers reach this service, exactly as it is registered with them. */
    PUBLIC_WEBHOOK_URL: publicUrl(z.url().refine((url) => !url.endsWith('/'), 'it must not end with a slash')),
    /** The same words and files from the same person under another id within this time are the same text. */
    REPEAT_WINDOW_MS: z.coerce.number().int().nonnegative().default(3_000),
    /** A webhook that is not committed by then is answered 503. Telnyx hangs up after two seconds. */
    COMMIT_DEADLINE_MS: z.coerce.number().int().positive().max(1_900).default(1_500),
    /** So long published events can be looked at and replayed. The database never forgets the last day, by its own clock. */
    EVENT_LOG_DAYS: days.min(2).max(3_650).default(30),
    /** So long the inbox knows what was handled. */
    INBOX_DAYS: days.min(longestHandlingDays).max(3_650).default(45),
    /** So long verified webhooks are kept: for replays, and to know one that comes again. */
    WEBHOOK_EVENT_DAYS: days.min(7).max(3_650).default(90),
    /** So long parked messages are kept once they are resolved. */
    PARKED_MESSAGE_DAYS: days.min(1).max(3_650).default(90),
    /** So long the administration knows a request that comes again. */
    IDEMPOTENCY_KEY_DAYS: days.min(1).max(90).default(3),
  })
  .refine((config) => (config.META_APP_SECRET === undefined) === (config.META_VERIFY_TOKEN === undefined), {
    path: ['META_VERIFY_TOKEN'],
    message: 'META_APP_SECRET and META_VERIFY_TOKEN come together or not at all',
  })
  .refine((config) => config.INBOX_DAYS >= config.EVENT_LOG_DAYS + longestHandlingDays, {
    path: ['INBOX_DAYS'],
    message: `it must be ${longestHandlingDays} days longer than EVENT_LOG_DAYS, or a replay that the inbox is to absorb would be handled again`,
  });

export type Config = z.infer<typeof configSchema>;

/** @throws ConfigFault that names what is missing or wrong */
export const loadConfig = (environment = process.env): Promise<Config> => load(configSchema, environment);
