import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
const cache = join(root, 'node_modules', '.cache', 'page');

export type BuiltWeb = { folder: string; built: boolean };

/** The folder of the built page. It is built anew, by a process of its own, only when its sources or their packages changed. */
export async function buildWeb(): Promise<BuiltWeb> {
  const folder = join(cache, await sourcesDigest());
  if (existsSync(join(folder, 'index.html'))) return { folder, built: false };
  const unfinished = `${folder}-${process.pid}`;
  await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', unfinished], { cwd: root });
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
