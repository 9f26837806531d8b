import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CacheMount } from '../dockerfile/stage.ts';

/** What stands for a cache mount: of pnpm its own store, so that what is installed already is not fetched again. */
export function cacheFolder({ id }: CacheMount, repository: string): string {
  if (id !== 'pnpm') throw new Error(`nothing on this machine stands for the cache ${id}`);
  // the project's own manifest
  const { packageManager } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    packageManager: string;
  };
  const path = execFileSync('npx', ['--yes', packageManager, 'store', 'path'], {
    cwd: repository,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return join(path.trim(), '..'); // pnpm adds its version to the store's folder
}
