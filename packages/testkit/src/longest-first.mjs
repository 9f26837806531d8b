import { existsSync } from 'node:fs';
import { join } from 'node:path';
import TestSequencer from '@jest/test-sequencer';

const root = join(import.meta.dirname, '..', '..', '..');

/** Those that take half a minute and more, the longest first. */
const longest = [
  'tools/faults/test/matrix.test.ts',
  'tools/images/test/built-image.test.ts',
  'tools/journeys/test/one-process-deaths.test.ts',
  'tools/frontdesk/test/npm-start.test.ts',
  'tools/faults/test/checker.test.ts',
].map(inTree);

/** Begins with what takes long: a long file that came last would leave the other workers with nothing to do. */
export default class LongestFirst extends TestSequencer {
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
