import { describe, expect, it } from '@jest/globals';
import { readArguments } from './read-arguments.ts';

describe('npm start', () => {
  it('runs the four services, or the desk in one process', () => {
    expect(readArguments([])).toEqual({ mode: 'services' });
    expect(readArguments(['--one-process'])).toEqual({ mode: 'one-process' });
  });

  it('says what it can do instead of starting', () => {
    expect(readArguments(['--help'])).toEqual({ say: expect.stringContaining('--one-process'), exitCode: 0 });
  });

  it('refuses what it does not know instead of starting something else', () => {
    expect(readArguments(['--oneprocess'])).toEqual({ say: expect.stringContaining("'--oneprocess'"), exitCode: 2 });
  });
});
