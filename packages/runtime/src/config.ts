import { armFailpoints, ConfigFault } from '@frontdesk/kernel';
import { z } from 'zod';
import { readSecret } from './read-secret.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Marks a setting that belongs in the secret store, never in a task definition or a log. */
export const secret = <Schema extends z.ZodType>(schema: Schema): Schema => schema.meta({ secret: true });

/** The names of a schema's settings, and which of them are secret. */
export function settingsOf(schema: z.ZodObject): { name: string; secret: boolean }[] {
  return Object.entries(schema.shape).map(([name, setting]) => ({
    name,
    secret: z.globalRegistry.get(setting)?.['secret'] === true,
  }));
}

/** The settings that every service has. Spread it into the service's own `z.object`. */
export const commonConfig = {
  /** Unset counts as production, so that a forgotten variable never loosens anything. */
  FRONTDESK_ENV: z.enum(['production', 'staging', 'local', 'test']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  DATABASE_URL: secret(z.url()),
  /** Given only where an emulator stands in for AWS. */
  AWS_ENDPOINT_URL: z.url().optional(),
  AWS_REGION: z.string().min(1).default('us-east-1'),
  /** Alarms live in Postgres, or in Redis when this is set. */
  REDIS_URL: secret(z.url().optional()),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /** How long SQS hides a message that is in hand; renewed while it is. A message of a dead process comes again after it. */
  QUEUE_VISIBILITY_SECONDS: z.coerce.number().int().min(1).max(43_200).default(60),
  /** How long finished spans gather before they are sent; the local stack shortens it to be watched live. */
  OTEL_BSP_SCHEDULE_DELAY_MS: z.coerce.number().int().positive().default(2_000),
  /** Points at which this process kills itself (fault tests), separated by commas. */
  FAILPOINTS: z
    .string()
    .default('')
    .transform((names) => names.split(',').filter((name) => name !== '')),
  /** A Secrets Manager secret that holds further settings as one JSON object. The environment wins over it. */
  SECRET_ID: z.string().min(1).optional(),
};

/**
 * Reads the settings of this process: the environment over the secret, through the schema. Arms the failpoints.
 * @throws ConfigFault that names every setting which is missing or wrong, never its value
 */
export async function loadConfig<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Variables = process.env,
): Promise<z.infer<Schema>> {
  const variables = { ...(await secretSettings(environment)), ...given(environment) };
  const parsed = schema.safeParse(variables);
  if (!parsed.success) throw new ConfigFault(`the configuration is not complete: ${faultsOf(parsed.error, variables)}`);
  armGivenFailpoints(z.object(commonConfig).partial().parse(variables));
  return parsed.data;
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

function faultsOf(error: z.ZodError, variables: Variables): string {
  const faults = error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return variables[String(path[0])] === undefined ? `${name} is missing` : `${name} is wrong (${message})`;
  });
  return [...new Set(faults)].join('; ');
}

function armGivenFailpoints(settings: { FRONTDESK_ENV?: string | undefined; FAILPOINTS?: string[] | undefined }): void {
  const { FRONTDESK_ENV = 'production', FAILPOINTS = [] } = settings;
  if (FAILPOINTS.length === 0) return;
  if (FRONTDESK_ENV === 'production' || FRONTDESK_ENV === 'staging') {
    throw new ConfigFault(`FAILPOINTS is refused where FRONTDESK_ENV is ${FRONTDESK_ENV}`);
  }
  armFailpoints(FAILPOINTS);
}
