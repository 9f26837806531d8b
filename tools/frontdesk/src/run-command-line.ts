import { CommanderError } from 'commander';
import { createContext, type Terminal } from './context.ts';
import { CommandFailure, exitCodes, type ExitCode } from './exit-codes.ts';
import { explainFailure } from './explain-failure.ts';
import { createProgram } from './program.ts';

/** Runs one command to its end and returns the exit code. `words` are what stands after `frontdesk`. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const context = createContext(terminal);
  // Whoever reads only the beginning, as `head` does, has what they want; what was begun goes on to its end.
  for (const stream of [terminal.stdout, terminal.stderr]) stream.on('error', () => {});
  try {
    await createProgram(context).parseAsync([...words], { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    const { message, code } = endingOf(error);
    if (message !== '') terminal.stderr.write(`${message}\n`);
    return code;
  } finally {
    await context.close();
  }
}

const saidAlready = new Set(['commander.help', 'commander.helpDisplayed', 'commander.version']);

/** Commander has printed its own complaints. */
function endingOf(error: unknown): { message: string; code: ExitCode } {
  if (error instanceof CommandFailure) return error;
  if (error instanceof CommanderError) {
    const wellDone = error.exitCode === 0 && saidAlready.has(error.code);
    return { message: '', code: wellDone ? exitCodes.done : exitCodes.usedWrongly };
  }
  return { message: explainFailure(error), code: exitCodes.failed };
}
