import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Image } from './build/image.ts';

/** Bytes that an image adds to its base image, by what they are for. */
export type ContentSize = { libraries: number; sources: number; client: number; rest: number; total: number };

/** Adds up what the build put into the image; Node itself is the base image's. */
export async function measureImage({ built, deployable }: Image): Promise<ContentSize> {
  if (built === null) throw new Error(`the image of ${deployable} was not built`);
  const size: ContentSize = { libraries: 0, sources: 0, client: 0, rest: 0, total: 0 };
  for await (const path of filesBelow(built.root)) {
    const inside = path.slice(built.root.length);
    if (inside === '/usr/local/bin/node') continue;
    const bytes = (await lstat(path)).size;
    size[partOf(inside)] += bytes;
    size.total += bytes;
  }
  return size;
}

function partOf(path: string): keyof Omit<ContentSize, 'total'> {
  if (path.includes('/node_modules/')) return 'libraries';
  if (path.includes('/src/generated/')) return 'client';
  return path.endsWith('.ts') ? 'sources' : 'rest';
}

/** Files, never through symbolic links, which pnpm makes many of. */
async function* filesBelow(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}
