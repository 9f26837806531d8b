import { cp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import type { Ignore } from '@balena/dockerignore';

// The package's types describe another form of module than the one it ships.
const dockerignore = createRequire(import.meta.url)('@balena/dockerignore') as () => Ignore;

/** Copies the build context as the container engine would see it: all of the folder that .dockerignore leaves. */
export async function copyContext(folder: string, destination: string): Promise<void> {
  const ignored = dockerignore().add(await readFile(join(folder, '.dockerignore'), 'utf8'));
  await cp(folder, destination, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => {
      const path = relative(folder, source);
      return path === '' || !ignored.ignores(path);
    },
  });
}
