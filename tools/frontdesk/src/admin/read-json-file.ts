import { readFile } from 'node:fs/promises';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';

/** A file of JSON. @throws CommandFailure when it is none */
export async function readJsonFile(file: string, { out }: CommandContext): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read';
    return out.fail(`${file}: ${why}.`, exitCodes.usedWrongly);
  }
}
