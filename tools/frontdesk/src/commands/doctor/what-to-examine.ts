import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import {
  examineDatabase,
  examineHandOut,
  examineNoHandOut,
  examineMachine,
  examineQueues,
  fine,
  wrong,
  type Examination,
} from '@frontdesk/operations';
import type { CommandContext } from '../../context.ts';
import { CommandFailure, exitCodes } from '../../exit-codes.ts';
import type { Target } from '../../target.ts';
import { examineEnvironment } from './examine-environment.ts';
import { readers, readersIn } from './readers.ts';

export type DoctorOptions = {
  /** The environment of this process is that of these services. */
  service: readonly string[];
  /** `service=path`. */
  settingsFiles: readonly string[];
  online: boolean;
};

/** Everything that can be looked at from here: this machine, the desk that the environment names, and each service's environment. */
export async function whatToExamine(context: CommandContext, options: DoctorOptions): Promise<Examination[]> {
  const { clock, env } = context;
  const files = await Promise.all(options.settingsFiles.map(readSettingsFile));
  const here = options.service.length > 0 ? options.service : readersIn(env);
  const environments = [...files, ...here.map((service) => ({ service, variables: env }))];
  const machine = { area: 'this machine', examine: () => examineMachine('.', process.versions.node) };
  const ofServices = environments.flatMap((environment) =>
    examineEnvironment({ ...environment, clock, online: options.online }),
  );
  return [machine, ...desk(context, environments.length > 0), ...ofServices];
}

/** The desk that the other commands speak to. */
function desk(context: CommandContext, mayBeNone: boolean): Examination[] {
  const target = targetOf(context, mayBeNone);
  if (target === null) return [];
  const { stack, databaseOperatorUrl } = target;
  return [
    ...(stack === null ? [] : [{ area: 'npm start', examine: () => examineStack(stack.webhookUrl) }]),
    ...(databaseOperatorUrl === null
      ? []
      : [
          {
            area: 'Postgres, as operators',
            examine: () => database(context),
          },
        ]),
    { area: 'queues', examine: () => queues(context) },
  ];
}

async function database(context: CommandContext) {
  const { clock, env, target } = context;
  const operators = context.operatorDatabase();
  const ofPostgres = await examineDatabase({ pool: operators.pool, clock, alarms: (env['REDIS_URL'] ?? '') === '' });
  return [...ofPostgres, ...(target.hasQueues ? await examineNoHandOut(operators) : [])];
}

async function queues(context: CommandContext) {
  const sqs = context.queues();
  if (sqs !== null) return examineQueues(sqs);
  return context.target.databaseOperatorUrl === null ? [] : examineHandOut(context.operatorDatabase(), context.clock);
}

function targetOf(context: CommandContext, mayBeNone: boolean): Target | null {
  try {
    return context.target;
  } catch (error) {
    if (mayBeNone && error instanceof CommandFailure) return null;
    throw error;
  }
}

async function examineStack(webhookUrl: string) {
  try {
    const answer = await fetch(`${webhookUrl}/ready`, { signal: AbortSignal.timeout(5_000) });
    if (answer.ok) return [fine('webhook-ingress', `ready at ${webhookUrl}`)];
    return [
      wrong(
        'webhook-ingress',
        `not ready at ${webhookUrl} (${answer.status})`,
        'read its log in the terminal of npm start',
      ),
    ];
  } catch {
    return [wrong('webhook-ingress', `no answer at ${webhookUrl}`, 'start the stack anew: npm start')];
  }
}

async function readSettingsFile(given: string): Promise<{ service: string; variables: NodeJS.Dict<string> }> {
  const [, service = '', path = ''] = /^([a-z-]+)=(.+)$/.exec(given) ?? [];
  if (!(service in readers)) {
    throw new CommandFailure(
      `Write --settings as <service>=<path>; a service is one of ${Object.keys(readers).join(', ')}.`,
      exitCodes.usedWrongly,
    );
  }
  try {
    return { service, variables: parseEnv(await readFile(path, 'utf8')) };
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw new CommandFailure(`${path} cannot be read (${why}).`, exitCodes.usedWrongly);
  }
}
