import { armFailpoints, ConfigFault } from '@frontdesk/kernel';
import { z } from 'zod';
import { readSecret } from './read-secret.ts';
import { deployment, secret } from './setting.ts';
import { refusalsOf, type Variables } from './start-up/refusals.ts';

/** The settings of the queues, which a desk in one process does without. */
const queueConfig = {
  /** Given only where an emulator stands in for AWS, or for a private endpoint of AWS. */
  AWS_ENDPOINT_URL: z.url().optional(),
  /** How often the queues are asked how much waits in them. */
  QUEUE_WATCH_MS: z.coerce.number().int().min(100).default(15_000),
  /** How long SQS hides a message that is in hand; renewed while it is. A message of a dead process comes again after it. */
  QUEUE_VISIBILITY_SECONDS: z.coerce.number().int().min(1).max(43_200).default(60),
};

/** The settings that every service has. Spread it into the service's own `z.object`. */
export const commonConfig = {
  ...queueConfig,
  /** Where the service runs. Unset or unknown counts as production, so that a forgotten variable never loosens anything. */
  FRONTDESK_ENV: deployment,
  /** Where health, readiness, metrics and, at webhook-ingress, webhooks are served; 0 takes a free port. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  /** The application's login, which row-level security binds; never the owner's. */
  DATABASE_URL: secret(z.url()),
  /** The region of the queues, the secrets and the model. */
  AWS_REGION: z.string().min(1).default('us-east-1'),
  /** Alarms live in Postgres, or in Redis when this is set. */
  REDIS_URL: secret(z.url().optional()),
  /** The least important lines that are logged. */
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** What is deployed, such as the image's tag: `service.version` of spans and metrics. */
  FRONTDESK_RELEASE: z.string().min(1).optional(),
  /** An OTLP/HTTP collector, without the path. Without it nothing is traced, and metrics are only read at `/metrics`. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /** Headers for the collector: `key=value,key=value`. */
  OTEL_EXPORTER_OTLP_HEADERS: secret(z.string().min(1).optional()),
  /** Further attributes of whoever sends spans and metrics: `key=value,key=value`. */
  OTEL_RESOURCE_ATTRIBUTES: z.string().min(1).optional(),
  /** The share of ordinary traces that is sent, 0 to 1. Traces with a failed or slow span are sent always. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  /** A span that takes longer is slow. */
  TRACE_SLOW_MS: z.coerce.number().int().positive().default(8_000),
  /** How long finished spans gather before they are sent, in milliseconds; the local stack shortens it to be watched live. */
  OTEL_BSP_SCHEDULE_DELAY: z.coerce.number().int().positive().default(2_000),
  /** How often metrics are sent, in milliseconds. */
  OTEL_METRIC_EXPORT_INTERVAL: z.coerce.number().int().positive().default(60_000),
  /** For whom metrics are sent: CloudWatch wants what happened since it was last told, and other histograms for percentiles. */
  OTLP_METRICS_FOR: z.enum(['prometheus', 'cloudwatch']).default('prometheus'),
  /** Points at which this process kills itself (fault tests), separated by commas. */
  FAILPOINTS: z
    .string()
    .default('')
    .transform((names) => names.split(',').filter((name) => name !== '')),
  /** A Secrets Manager secret that holds further settings as one JSON object. The environment wins over it. */
  SECRET_ID: z.string().min(1).optional(),
};

/** What a process needs to know besides its work and its queues. */
export type ProcessConfig = WorkConfig<z.infer<z.ZodObject<typeof commonConfig>>>;

/** The settings of a service's work, whatever carries its events. */
export type WorkConfig<Config> = Omit<Config, keyof typeof queueConfig>;

/**
 * Reads the settings of this process: the environment over the secret, through the schema. Arms the failpoints.
 * @throws ConfigFault that names every setting which is missing, wrong or not for patients, never its value
 */
export async function loadConfig<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Variables = process.env,
): Promise<z.infer<Schema>> {
  const variables = await readVariables(environment);
  const { settings, faults } = judgeConfig(schema, variables);
  if (settings === null) throw new ConfigFault(`the configuration is not complete: ${faults.join('; ')}`);
  armFailpoints(z.object(commonConfig).pick({ FAILPOINTS: true }).parse(variables).FAILPOINTS);
  return settings;
}

/**
 * What is set: the environment over the secret that it names.
 * @throws ConfigFault when the secret cannot be read
 */
export async function readVariables(environment: Variables): Promise<Variables> {
  return { ...(await secretSettings(environment)), ...given(environment) };
}

/** The settings, or everything that is wrong with them and how to mend it. Never a value. */
export function judgeConfig<Schema extends z.ZodObject>(
  schema: Schema,
  variables: Variables,
): { settings: z.infer<Schema>; faults: [] } | { settings: null; faults: string[] } {
  const parsed = schema.safeParse(given(variables));
  const where = deployment.parse(given(variables)['FRONTDESK_ENV']);
  const faults = [
    ...(parsed.success ? [] : faultsOf(parsed.error, given(variables))),
    ...refusalsOf(schema, given(variables), where).map(
      ({ setting, why, mend }) => `${setting} is refused where FRONTDESK_ENV is ${where}: ${why}; ${mend}`,
    ),
  ];
  return parsed.success && faults.length === 0 ? { settings: parsed.data, faults: [] } : { settings: null, faults };
}

async function secretSettings(environment: Variables): Promise<Variables> {
  const { SECRET_ID, AWS_REGION, AWS_ENDPOINT_URL } = given(environment);
  if (SECRET_ID === undefined) return {};
  return readSecret(SECRET_ID, { region: commonConfig.AWS_REGION.parse(AWS_REGION), endpoint: AWS_ENDPOINT_URL });
}

/** An empty variable counts as missing: `KEY=` in a task definition is a forgotten value. */
function given(environment: Variables): Variables {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
}

function faultsOf(error: z.ZodError, variables: Variables): string[] {
  const faults = error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return variables[String(path[0])] === undefined ? `${name} is missing` : `${name} is wrong (${message})`;
  });
  return [...new Set(faults)];
}
