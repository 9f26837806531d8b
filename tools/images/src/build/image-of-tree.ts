import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseDockerfile } from '../dockerfile/parse-dockerfile.ts';
import { describeImage, type Image } from './image.ts';

/** The image as its Dockerfile describes it, with the repository itself in place of the files that a build would leave. */
export async function imageOfTree(repository: string, deployable: string): Promise<Image> {
  const { stages } = parseDockerfile(await readFile(join(repository, 'Dockerfile'), 'utf8'));
  const path = ['services', 'tools']
    .map((folder) => `${folder}/${deployable}`)
    .find((each) => existsSync(join(repository, each)));
  if (path === undefined) throw new Error(`there is no deployable ${deployable}`);
  return {
    ...describeImage(stages.at(-1)?.steps ?? []),
    deployable,
    folder: repository,
    deployablePath: path,
    built: null,
  };
}
