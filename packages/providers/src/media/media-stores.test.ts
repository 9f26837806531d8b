import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import type { MediaStore } from '@frontdesk/messaging/ports';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { folderMediaStore } from './folder-media-store.ts';
import { s3MediaStore } from './s3-media-store.ts';

let folder: string;
let s3: FauxqsServer;
let client: S3Client;
const bucket = 'frontdesk-media';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frontdesk-store-'));
  s3 = await startFauxqs({ port: 0, logger: false });
  s3.createBucket(bucket);
  client = new S3Client({
    region: 'us-east-1',
    endpoint: s3.address,
    forcePathStyle: true,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});
afterAll(async () => {
  client.destroy();
  await s3.stop();
  await rm(folder, { recursive: true });
});

type Kept = { store: MediaStore; read: (key: string) => Promise<string | null> };

const missing = () => null;
const stores: Record<string, () => Kept> = {
  'a folder': () => ({
    store: folderMediaStore({ folder }),
    read: (key) => readFile(join(folder, key), 'utf8').catch(missing),
  }),
  'a bucket': () => ({
    store: s3MediaStore({ bucket, region: 'us-east-1', endpoint: s3.address }),
    read: async (key) => {
      const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch(missing);
      return (await object?.Body?.transformToString()) ?? null;
    },
  }),
};
const newKey = () => `${newId()}/${newId()}/${newId()}`;
const file = (key: string, words: string) => ({
  key,
  bytes: new TextEncoder().encode(words),
  contentType: 'image/jpeg',
});

describe.each(Object.keys(stores))('files in %s', (name) => {
  const kept = () => (stores[name] ?? stores['a folder'])?.() as Kept; // one of the two

  it('are kept under their keys, and replaced by the same key', async () => {
    const { store, read } = kept();
    const [key, other] = [newKey(), newKey()];
    await store.put(file(key, 'one'));
    await store.put(file(other, 'other'));
    await store.put(file(key, 'two'));
    expect([await read(key), await read(other)]).toEqual(['two', 'other']);
  });

  it('are deleted; what is not there is no error', async () => {
    const { store, read } = kept();
    const key = newKey();
    await store.put(file(key, 'one'));
    await store.delete(key);
    await store.delete(key);
    expect(await read(key)).toBeNull();
  });
});

describe('a file in a bucket', () => {
  it('has its type', async () => {
    const key = newKey();
    await kept(key);
    const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    expect(head.ContentType).toBe('image/jpeg');
  });

  const kept = (key: string) =>
    s3MediaStore({ bucket, region: 'us-east-1', endpoint: s3.address }).put(file(key, 'one'));
});

describe('a file in a folder', () => {
  it("is nobody's but the desk's, and never half there", async () => {
    const key = newKey();
    await folderMediaStore({ folder }).put(file(key, 'one'));
    expect((await stat(join(folder, key))).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, key, '..'))).toHaveLength(1);
  });

  it.each(['../outside', '/etc/passwd', 'a/../../b', 'A', ''])('never leaves it: %j', async (key) => {
    const store = folderMediaStore({ folder });
    await expect(store.put(file(key, 'x'))).rejects.toThrow('not a key');
  });
});
