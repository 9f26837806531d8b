import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDockerfile } from '../dockerfile/parse-dockerfile.ts';
import { dependsOn, lastStage, sourcesOf, stageNamed } from '../dockerfile/stage-graph.ts';
import type { Stage } from '../dockerfile/stage.ts';
import { carryOut, placeNode, type StageState } from './build-stage.ts';
import { cacheFolder } from './cache-folder.ts';
import { copyContext } from './copy-context.ts';
import { copyTree } from './copy-tree.ts';
import { describeImage, type Image } from './image.ts';

export type Builder = {
  /** Carries out the Dockerfile's steps with SERVICE set. */
  build: (deployable: string) => Promise<Image>;
};

export type BuilderOptions = {
  /** The folder with the Dockerfile: the root of the repository. */
  repository: string;
  /** An empty folder, which the caller removes. */
  workFolder: string;
};

type Built = Map<string, Promise<StageState>>;

/** Builds images from the Dockerfile without a container engine. Stages that do not depend on SERVICE are built once. */
export async function createBuilder({ repository, workFolder }: BuilderOptions): Promise<Builder> {
  const dockerfile = parseDockerfile(await readFile(join(repository, 'Dockerfile'), 'utf8'));
  const context = join(workFolder, 'context');
  await chmod(workFolder, 0o755); // the image's user must reach its files
  await copyContext(repository, context);
  const shared: Built = new Map();
  const caches = new Map<string, string>();

  const build = (name: string, deployable: string, own: Built): Promise<StageState> => {
    const stage = stageNamed(dockerfile, name);
    const isOwn = dependsOn(dockerfile, stage, 'SERVICE');
    const built = isOwn ? own : shared;
    const root = join(workFolder, isOwn ? deployable : 'shared', name);
    const state = built.get(name) ?? buildStage(stage, root, deployable, own);
    built.set(name, state);
    return state;
  };

  const buildStage = async (stage: Stage, root: string, deployable: string, own: Built): Promise<StageState> => {
    const sources = new Map<string, string>();
    for (const name of sourcesOf(stage)) sources.set(name, (await build(name, deployable, own)).root);
    const state = await open(stage, root, deployable, own);
    for (const step of stage.steps) {
      await carryOut(step, state, {
        context,
        rootOfStage: (name) => sources.get(name) ?? '',
        given: { SERVICE: deployable },
        globalArguments: dockerfile.globalArguments,
        cacheFolder: (mount) => {
          const folder = caches.get(mount.id) ?? cacheFolder(mount, repository);
          caches.set(mount.id, folder);
          return folder;
        },
      });
    }
    return state;
  };

  const open = async (stage: Stage, root: string, deployable: string, own: Built): Promise<StageState> => {
    await mkdir(root, { recursive: true });
    if (!dockerfile.stages.some(({ name }) => name === stage.base)) {
      await placeNode(root);
      return { root, environment: {}, buildArguments: {}, workingDirectory: '/' };
    }
    const base = await build(stage.base, deployable, own);
    await copyTree(base.root, root);
    return { ...base, root, environment: { ...base.environment }, buildArguments: {} };
  };

  return {
    async build(deployable) {
      const last = lastStage(dockerfile);
      const { root, workingDirectory } = await build(last.name, deployable, new Map());
      return {
        ...describeImage(last.steps),
        deployable,
        folder: join(root, workingDirectory),
        deployablePath: 'deployable',
        built: { root },
      };
    },
  };
}
