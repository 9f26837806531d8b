import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestRedis } from '@frontdesk/testkit';
import { createBuilder } from './build/build-image.ts';
import type { Image } from './build/image.ts';
import { readComposeFile } from './compose/compose-file.ts';
import { runCompose } from './compose/run-compose.ts';
import { deployablesOf } from './deployables.ts';
import { measureImage, type ContentSize } from './measure-image.ts';
import { startContainer } from './run/start-container.ts';
import { sizeLimits } from './size-limits.ts';
import { startAlone } from './start-alone.ts';
import { textTheDesk } from './text-the-desk.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
const workFolder = await mkdtemp(join(tmpdir(), 'frontdesk-images-'));
try {
  const images = await buildAll();
  await runThem(images);
  await runTheOthers(images);
} finally {
  await rm(workFolder, { recursive: true, force: true });
}

/** Builds every image and prints a table of what is in it; throws when one is above its limit. */
async function buildAll(): Promise<Map<string, Image>> {
  const builder = await createBuilder({ repository, workFolder });
  const images = new Map<string, Image>();
  const tooLarge: string[] = [];
  console.log('| image | libraries | Prisma client | sources | rest | total, MB | limit, MB |');
  console.log('| --- | --: | --: | --: | --: | --: | --: |');
  for (const deployable of deployablesOf(repository)) {
    const image = await builder.build(deployable);
    const size = await measureImage(image);
    const limit = sizeLimits[deployable] ?? 0;
    console.log(`| \`${deployable}\` | ${columns(size).join(' | ')} | ${limit} |`);
    if (size.total > limit * 1e6) tooLarge.push(deployable);
    images.set(deployable, image);
  }
  if (tooLarge.length > 0) {
    throw new Error(
      `larger than allowed: ${tooLarge.join(', ')}; take out what does not run there, or raise the limit in size-limits.ts`,
    );
  }
  return images;
}

function columns({ libraries, client, sources, rest, total }: ContentSize): string[] {
  return [libraries, client, sources, rest, total].map((bytes) => (bytes / 1e6).toFixed(1));
}

/** Starts the containers of the compose file from the images, texts the desk, and stops them as an engine would. */
async function runThem(images: ReadonlyMap<string, Image>): Promise<void> {
  const redis = await startTestRedis();
  const desk = await runCompose({
    file: readComposeFile(join(repository, 'docker-compose.localstack.yml')),
    imageOf: async (deployable) => named(images, deployable),
    redis: { port: Number(new URL(redis.url).port), stop: () => redis.stop() },
  });
  let codes: Record<string, number | null> = {};
  try {
    const answers = await textTheDesk(desk, ["I'm Ana, a new client. I'd like botox on a weekday afternoon"]);
    console.log(`\nThe desk ran from its images and answered: ${answers.join(' ')}`);
  } finally {
    codes = await desk.stop();
    await redis.stop();
  }
  const unclean = Object.entries(codes).filter(([, code]) => code !== 0);
  if (unclean.length > 0) throw new Error(`did not stop cleanly: ${unclean.map(([name]) => name).join(', ')}`);
}

/** What the compose file does not run: the desk in one process, and the command line. */
async function runTheOthers(images: ReadonlyMap<string, Image>): Promise<void> {
  await startAlone({ migrate: named(images, 'migrate'), desk: named(images, 'all-in-one') });
  console.log('The desk ran in one process from its image.');
  const help = startContainer({
    name: 'frontdesk',
    image: named(images, 'frontdesk'),
    command: ['deployable/src/main.ts', '--help'],
    environment: {},
  });
  await help.untilExit();
  console.log(`The command line ran from its image: ${help.lines.find((line) => line.startsWith('Usage'))}`);
}

function named(images: ReadonlyMap<string, Image>, deployable: string): Image {
  const image = images.get(deployable);
  if (image === undefined) throw new Error(`there is no deployable ${deployable}`);
  return image;
}
