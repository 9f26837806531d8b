import { execFile } from 'node:child_process';
import { lstat, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** GNU's cp shares the contents of files, which no step changes in place: hundreds of megabytes are not written. */
const flags = process.platform === 'linux' ? ['-a', '-f', '--link'] : ['-R', '-p', '-f'];

/** Copies a file, or what a folder holds into another folder; symbolic links stay as they are. */
export async function copyTree(source: string, destination: string): Promise<void> {
  const isFolder = (await lstat(source)).isDirectory();
  await mkdir(isFolder ? destination : dirname(destination), { recursive: true });
  await promisify(execFile)('cp', [...flags, isFolder ? `${source}/.` : source, destination]);
}
