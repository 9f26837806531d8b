import { z } from 'zod';
import { deployment } from '@frontdesk/runtime/setting';
import { noQueues, readStackFile, type StackFile } from '@frontdesk/local-stack/stack-file';
import { CommandFailure, exitCodes } from './exit-codes.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Which desk the commands speak to. */
export type Target = {
  /** Unset or unknown counts as production, so that a forgotten variable never loosens anything. */
  environment: 'production' | 'staging' | 'local' | 'test';
  /** Null: the commands that need the database say so. */
  databaseOperatorUrl: string | null;
  /** Null: the commands that set clinics up say so. */
  databaseAdminUrl: string | null;
  /** Null: AWS itself, with the credentials of the environment or the profile. */
  sqsEndpoint: string | null;
  /** False: the desk runs in one process, which hands out the events of its outbox itself. */
  hasQueues: boolean;
  /** Null: that of the profile. */
  region: string | null;
  /** The stack of `npm start`, when that is what is meant. */
  stack: StackFile | null;
  /** The page of a stack on this machine, where patients can be played; null in places with real ones. */
  phoneUrl: string | null;
};

const settings = z.object({
  FRONTDESK_ENV: deployment,
  DATABASE_OPERATOR_URL: z.url().optional(),
  DATABASE_ADMIN_URL: z.url().optional(),
  AWS_ENDPOINT_URL: z.url().optional(),
  AWS_PROFILE: z.string().optional(),
  AWS_REGION: z.string().optional(),
  FRONTDESK_MODE: z.enum(['services', 'one-process']).default('services'),
});

/**
 * The environment alone decides; with nothing in it, the stack of `npm start` on this machine is meant.
 * @throws CommandFailure when a variable is wrong, or when nothing says which desk is meant
 */
export function readTarget(environment: Variables): Target {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    const names = parsed.error.issues.map(({ path, message }) => `${path.join('.')} is wrong (${message})`);
    throw new CommandFailure(names.join('; '), exitCodes.usedWrongly);
  }
  if (Object.keys(settings.shape).every((name) => given[name] === undefined)) return localTarget(given);
  const { FRONTDESK_ENV, DATABASE_OPERATOR_URL, DATABASE_ADMIN_URL, AWS_ENDPOINT_URL, AWS_REGION, FRONTDESK_MODE } =
    parsed.data;
  return {
    environment: FRONTDESK_ENV,
    databaseOperatorUrl: DATABASE_OPERATOR_URL ?? null,
    databaseAdminUrl: DATABASE_ADMIN_URL ?? null,
    sqsEndpoint: AWS_ENDPOINT_URL ?? null,
    hasQueues: FRONTDESK_MODE === 'services' && AWS_ENDPOINT_URL !== noQueues,
    // An emulator is in every region; AWS without one is where the profile says.
    region: AWS_REGION ?? (AWS_ENDPOINT_URL === undefined ? null : 'us-east-1'),
    stack: null,
    phoneUrl: isOfThisMachine(FRONTDESK_ENV) ? (stackOf(given)?.phoneUrl ?? null) : null,
  };
}

function localTarget(given: Variables): Target {
  const stack = stackOf(given);
  if (stack === null) {
    throw new CommandFailure(
      'Nothing says which desk is meant. Start one on this machine with `npm start`, or set DATABASE_OPERATOR_URL, ' +
        'AWS_ENDPOINT_URL (or AWS_PROFILE and AWS_REGION, or FRONTDESK_MODE=one-process) and FRONTDESK_ENV.',
      exitCodes.usedWrongly,
    );
  }
  return {
    environment: 'local',
    databaseOperatorUrl: stack.databaseOperatorUrl,
    databaseAdminUrl: stack.databaseAdminUrl,
    sqsEndpoint: stack.sqsEndpoint,
    hasQueues: stack.sqsEndpoint !== noQueues,
    region: 'us-east-1',
    stack,
    phoneUrl: stack.phoneUrl,
  };
}

const stackOf = (given: Variables) => readStackFile(given['FRONTDESK_STACK_FILE']);
const isOfThisMachine = (environment: Target['environment']) => environment === 'local' || environment === 'test';
