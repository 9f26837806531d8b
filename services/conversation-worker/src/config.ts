import { commonConfig, loadConfig as load, vendorUrl } from '@frontdesk/runtime';
import { z } from 'zod';

const milliseconds = z.coerce.number().int().positive();

/** What this service reads from its environment and its secret. */
export const configSchema = z.object({
  ...commonConfig,
  /** Given only where something else stands in for Bedrock, or for a private endpoint of AWS. */
  BEDROCK_ENDPOINT: vendorUrl(z.url().optional(), { production: ['.amazonaws.com'], staging: ['.amazonaws.com'] }),
  /** The model, or the inference profile, that answers. */
  BEDROCK_MODEL_ID: z.string().min(1),
  /** The longest answer of the model. */
  BEDROCK_MAX_TOKENS: z.coerce.number().int().min(64).max(4096).default(800),
  /** One request to the model; shorter than the turn, so that a hung one can be tried again. */
  BEDROCK_TIMEOUT_MS: milliseconds.default(5_000),
  /** For models that think unless they are told not to, and may be told. */
  BEDROCK_THINKING: z.literal('disabled').optional(),
  /** A person who has been quiet for so long is answered; 0 answers at once. */
  BURST_QUIET_MS: z.coerce.number().int().min(0).max(10_000).default(1_500),
  /** The wall time of a turn. */
  TURN_DEADLINE_MS: milliseconds.max(50_000).default(12_000),
  /** How long a crash may delay the next turn of a conversation. */
  TURN_LEASE_MS: milliseconds.min(1_000).default(5_000),
  /** A text that has waited so long rings again. */
  UNANSWERED_AFTER_MS: milliseconds.default(30_000),
  /** How often rows that a message or an alarm lost are looked for. */
  SWEEP_EVERY_MS: milliseconds.default(5_000),
  /** A call is judged so long after the hang-up. */
  CALL_DECISION_MS: milliseconds.max(4_000).default(2_000),
  /** A caller is texted back once in this time. */
  CALLER_WINDOW_MINUTES: z.coerce.number().int().positive().default(10),
  /** How long a chosen time is held while the deposit is agreed. */
  HOLD_SECONDS: z.coerce.number().int().positive().default(900),
  /** After a hand-over the desk stays silent for so long; the first text after it is the desk's again. */
  HAND_OFF_HOURS: z.coerce.number().positive().default(24),
  /** Somebody who gets more replies within an hour is handed over to a person. */
  REPLIES_PER_HOUR: z.coerce.number().int().min(5).max(200).default(40),
  /** Conversations answered at once. */
  CONCURRENCY: z.coerce.number().int().min(1).max(200).default(32),
  /** Connections to Postgres. */
  DATABASE_POOL: z.coerce.number().int().min(2).max(30).default(12),
});

export type Config = z.infer<typeof configSchema>;

export const loadConfig = (environment?: NodeJS.ProcessEnv): Promise<Config> => load(configSchema, environment);
