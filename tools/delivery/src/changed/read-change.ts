import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Ignore } from '@balena/dockerignore';
import { z } from 'zod';
import type { Change } from './changed-deployables.ts';

// The package's types describe another form of module than the one it ships.
const dockerignore = createRequire(import.meta.url)('@balena/dockerignore') as () => Ignore;

const affectedSchema = z.object({ packages: z.object({ items: z.array(z.object({ name: z.string() })) }) });

/** What differs between a git reference and the commit that is checked out. */
export function readChange(repository: string, since: string): Change {
  const run = (program: string, words: string[], environment: NodeJS.ProcessEnv = process.env) =>
    execFileSync(program, words, {
      cwd: repository,
      encoding: 'utf8',
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const ignored = dockerignore().add(readFileSync(join(repository, '.dockerignore'), 'utf8'));
  const files = run('git', ['diff', '--name-only', '--no-renames', since, 'HEAD', '--']).split('\n').filter(Boolean);
  return {
    files,
    reachesImages: (file) => !ignored.ignores(file),
    affected() {
      // What cannot be compared counts as affected, which turbo also says of a commit that it does not know.
      const range = { ...process.env, TURBO_SCM_BASE: since, TURBO_SCM_HEAD: 'HEAD', TURBO_TELEMETRY_DISABLED: '1' };
      const told = run('turbo', ['ls', '--affected', '--output=json'], range);
      return affectedSchema.parse(JSON.parse(told)).packages.items.map(({ name }) => name);
    },
  };
}
