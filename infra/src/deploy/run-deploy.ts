import { CommanderError } from '@commander-js/extra-typings';
import { deployCommand, type CarryOut, type Terminal } from './command.ts';
import { Refused } from './request.ts';

const exitCodes = { done: 0, failed: 1, 'used wrongly': 2, refused: 3 } as const;

/** Runs `pnpm deploy:svc` to its end and gives the exit code. */
export async function runDeploy(
  words: readonly string[],
  { out, err, carryOut }: { out: Terminal; err: Terminal; carryOut: CarryOut },
): Promise<number> {
  try {
    await deployCommand({ out, carryOut })
      .exitOverride()
      .configureOutput({ writeOut: (text) => out.write(text), writeErr: (text) => err.write(text) })
      .parseAsync([...words], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    // Commander has printed its own complaints.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes['used wrongly'];
    err.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof Refused ? exitCodes[error.kind] : exitCodes.failed;
  }
}
