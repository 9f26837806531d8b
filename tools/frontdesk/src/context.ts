import { userInfo } from 'node:os';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { createOperatorDatabase, createOwnerDatabase, type OperatorDatabase, type OwnerDatabase } from '@frontdesk/db';
import { systemClock, type Clock } from '@frontdesk/kernel';
import { createSqs } from '@frontdesk/queue';
import { exitCodes } from './exit-codes.ts';
import { createOutput, type Output } from './output.ts';
import { readTarget, type Target } from './target.ts';

/** Where a command's words go. */
export type OutputStream = {
  readonly isTTY?: boolean;
  write(text: string): unknown;
  on(event: 'error', listener: () => void): unknown;
};

/** The process that a command runs in, as far as commands may know it. */
export type Terminal = {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** What a command works with. Everything is made when it is first asked for, so that help needs nothing. */
export type CommandContext = {
  /** @throws CommandFailure when nothing says which desk is meant */
  readonly target: Target;
  readonly out: Output;
  readonly clock: Clock;
  /** Who is at the keyboard, for the audit: FRONTDESK_OPERATOR, else the login of this machine. */
  readonly operator: string;
  /** @throws CommandFailure when the desk has no queues */
  sqs(): SQSClient;
  /** Null: the desk runs in one process and has none. */
  queues(): SQSClient | null;
  /** @throws CommandFailure when DATABASE_OPERATOR_URL is not set */
  operatorDatabase(): OperatorDatabase;
  /** @throws CommandFailure when DATABASE_ADMIN_URL is not set */
  ownerDatabase(): OwnerDatabase;
  /** What else the process was given. */
  readonly env: Terminal['env'];
  close(): Promise<void>;
};

export function createContext({ stdout, stderr, env }: Terminal): CommandContext {
  const out = createOutput({ stdout, stderr, env });
  const closers: (() => Promise<unknown>)[] = [];
  const target = lazily(() => {
    const read = readTarget(env);
    if (read.stack !== null) out.note(`On the stack of npm start (${read.stack.phoneUrl})`);
    return read;
  });
  const sqs = lazily(() => {
    const { sqsEndpoint, region } = target();
    const client = createSqs({ region: region ?? undefined, endpoint: sqsEndpoint ?? undefined });
    closers.push(async () => client.destroy());
    return client;
  });
  const queues = () => (target().hasQueues ? sqs() : null);
  return {
    get target() {
      return target();
    },
    out,
    clock: systemClock,
    operator: env['FRONTDESK_OPERATOR'] ?? env['USER'] ?? env['LOGNAME'] ?? loginOfThisProcess(),
    sqs: () =>
      queues() ??
      out.fail(
        'This desk runs in one process and has no queues; `queues depth` tells what waits.',
        exitCodes.usedWrongly,
      ),
    queues,
    operatorDatabase: lazily(() => {
      const { databaseOperatorUrl: url } = target();
      if (url === null) {
        return out.fail(
          'This needs the database: set DATABASE_OPERATOR_URL to the login of operators.',
          exitCodes.usedWrongly,
        );
      }
      const database = createOperatorDatabase({ url });
      closers.push(() => database.close());
      return database;
    }),
    ownerDatabase: lazily(() => {
      const { databaseAdminUrl: url } = target();
      if (url === null) {
        return out.fail("This needs the owner's login: set DATABASE_ADMIN_URL.", exitCodes.usedWrongly);
      }
      const database = createOwnerDatabase({ url });
      closers.push(() => database.close());
      return database;
    }),
    env,
    async close() {
      await Promise.all(closers.map((close) => close()));
    },
  };
}

/** A container may run as a number that has no name. */
function loginOfThisProcess(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
