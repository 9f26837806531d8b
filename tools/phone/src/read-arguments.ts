import { parseArgs } from 'node:util';

const usage = `Usage: npm start [-- --one-process]

Runs the whole desk on this machine and prints the address of a page with a phone to text from. Ctrl-C stops everything.

Options:
  --one-process  the desk in one process, without queues (docs/bootstrap-mode.md), and not as four services
  -h, --help     say this

PORT is where the page is (4400, or another when it is taken). DATABASE_URL with DATABASE_ADMIN_URL, REDIS_URL and
AWS_ENDPOINT_URL take the places of the embedded Postgres, alarms and queues.
`;

/** What `npm start` is asked for: a way to run, or words to end with. */
export type Arguments = { mode: 'services' | 'one-process' } | { say: string; exitCode: 0 | 2 };

export function readArguments(words: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { 'one-process': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help === true) return { say: usage, exitCode: 0 };
    return { mode: values['one-process'] === true ? 'one-process' : 'services' };
  } catch (error) {
    return { say: `${error instanceof Error ? error.message : String(error)}\n\n${usage}`, exitCode: 2 };
  }
}
