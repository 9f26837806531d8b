import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Refused } from './request.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export type MigrationChanges = { readonly added: readonly string[]; readonly edited: readonly string[] };

/**
 * The migrations that came between a git reference and the commit that is checked out, and those that were edited after they may
 * have run. What is not committed is in no image, and does not count.
 */
export function changedMigrations(since: string, folder = root): MigrationChanges {
  const lines = git(['diff', '--name-status', '--no-renames', since, 'HEAD', '--', 'migrations/*.sql'], folder, since);
  const changes = lines.map((line) => line.split('\t') as [status: string, file: string]); // git's format
  return {
    added: changes.filter(([status]) => status === 'A').map(([, file]) => file),
    edited: changes.filter(([status]) => status !== 'A').map(([, file]) => file),
  };
}

function git(words: string[], cwd: string, since: string): string[] {
  try {
    execFileSync('git', ['rev-parse', '--verify', '--quiet', '--end-of-options', `${since}^{commit}`], {
      cwd,
      stdio: 'ignore',
    });
    return execFileSync('git', words, { cwd, encoding: 'utf8' }).split('\n').filter(Boolean);
  } catch {
    throw new Refused('used wrongly', `git knows no commit ${since}: give a tag, a branch or a commit with --since`);
  }
}
