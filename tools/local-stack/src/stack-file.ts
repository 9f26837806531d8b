import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export { noQueues } from './no-queues.ts';

/** Where the stack of `npm start` says how to reach it. */
const usualPath = fileURLToPath(new URL('../../../.frontdesk/stack.json', import.meta.url));

const stackFileSchema = z.object({
  /** The process that holds the stack; without it the file is a leftover. */
  pid: z.int().positive(),
  startedAt: z.iso.datetime(),
  /** The page with the phone. */
  phoneUrl: z.url(),
  webhookUrl: z.url(),
  /** Where the administration answers. */
  apiUrl: z.url(),
  /** Where tokens for it are had. */
  issuerUrl: z.url(),
  /** `noQueues` when the desk runs in one process. */
  sqsEndpoint: z.url(),
  /** Null when the database was given and no operator's login with it. */
  databaseOperatorUrl: z.url().nullable(),
  databaseAdminUrl: z.url(),
});

/** The addresses of a stack that runs on this machine. */
export type StackFile = z.infer<typeof stackFileSchema>;

/** Tells the tools of this machine where the stack is. The logins in it are for the owner of the file alone. */
export function writeStackFile(stack: StackFile, path = usualPath): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
}

/** Removes what this stack wrote; the file of a later one stays. */
export function removeStackFile({ pid }: Pick<StackFile, 'pid'>, path = usualPath): void {
  if (parse(path)?.pid === pid) rmSync(path, { force: true });
}

/** Null: no stack runs here. */
export function readStackFile(path = usualPath): StackFile | null {
  const stack = parse(path);
  return stack !== null && isAlive(stack.pid) ? stack : null;
}

function parse(path: string): StackFile | null {
  try {
    return stackFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
