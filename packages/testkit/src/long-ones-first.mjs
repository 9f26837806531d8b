import { existsSync } from 'node:fs';
import { join } from 'node:path';
import TestSequencer from '@jest/test-sequencer';

const root = join(import.meta.dirname, '..', '..', '..');

/** Small files that take long: Jest begins with large ones, and would end with these. */
const longest = ['tools/journeys/test/one-process-deaths.test.ts', 'packages/queue/src/call-sqs.test.ts'].map(inTree);

/** Begins with what takes long though it is small: at the end it would leave the other workers with nothing to do. */
export default class LongOnesFirst extends TestSequencer {
  async sort(tests) {
    const others = await super.sort(tests.filter(({ path }) => !longest.includes(path)));
    return [...longest.flatMap((path) => tests.find((test) => test.path === path) ?? []), ...others];
  }
}

function inTree(file) {
  const path = join(root, file);
  if (!existsSync(path)) throw new Error(`${file} is not there: its new name belongs into ${import.meta.filename}`);
  return path;
}
