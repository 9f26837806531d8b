import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { MediaStore } from '@frontdesk/messaging/ports';

const safeKey = /^[0-9a-f-]+(?:\/[0-9a-f-]+)*$/;

/** Keeps files below a folder of this machine, for laptops and for the one small box, whose disk is the encrypted one. */
export function folderMediaStore({ folder }: { folder: string }): MediaStore {
  const pathOf = (key: string) => {
    if (!safeKey.test(key)) throw new Error('not a key of a stored file');
    return join(folder, key);
  };
  return {
    async put({ key, bytes }) {
      const path = pathOf(key);
      const half = `${path}.${randomUUID()}`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(half, bytes, { mode: 0o600 });
      await rename(half, path); // whole or not at all
    },
    delete: (key) => rm(pathOf(key), { force: true }),
  };
}
