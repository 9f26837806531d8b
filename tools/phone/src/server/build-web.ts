import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));
const cache = join(root, 'node_modules', '.cache', 'page');

/** The folder of the built page. It is built anew only when its sources or their packages changed. */
export async function buildWeb(): Promise<{ folder: string; built: boolean }> {
  const folder = join(cache, await sourcesDigest());
  if (existsSync(join(folder, 'index.html'))) return { folder, built: false };
  const unfinished = `${folder}-${process.pid}`;
  await build({ configFile: join(root, 'vite.config.ts'), build: { outDir: unfinished } });
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
  return { folder, built: true };
}

async function sourcesDigest(): Promise<string> {
  const digest = createHash('sha256');
  const files = ['package.json', 'vite.config.ts'];
  for await (const file of glob('src/web/**/*.*', { cwd: root })) files.push(file);
  for (const file of files.toSorted()) digest.update(file).update(await readFile(join(root, file)));
  return digest.digest('hex').slice(0, 16);
}
