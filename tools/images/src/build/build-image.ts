import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { expandVariables } from '../dockerfile/expand-variables.ts';
import { parseDockerfile } from '../dockerfile/parse-dockerfile.ts';
import type { ParsedDockerfile, Stage, Step } from '../dockerfile/stage.ts';
import { carryOut, placeNode, type BuildSurroundings, type StageState } from './build-stage.ts';
import { copyContext } from './copy-context.ts';
import { copyTree } from './copy-tree.ts';
import type { Image } from './image.ts';

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

/** Builds images from the Dockerfile without a container engine. Stages that do not depend on SERVICE are built once. */
export async function createBuilder({ repository, workFolder }: BuilderOptions): Promise<Builder> {
  const dockerfile = parseDockerfile(await readFile(join(repository, 'Dockerfile'), 'utf8'));
  const context = join(workFolder, 'context');
  await chmod(workFolder, 0o755); // the image's user must reach its files
  await copyContext(repository, context);
  const shared = new Map<string, Promise<StageState>>();
  return {
    async build(deployable) {
      const own = new Map<string, Promise<StageState>>();
      const stageNamed = (name: string): Promise<StageState> => {
        const stage = find(dockerfile, name);
        const [built, folder] = dependsOn(dockerfile, stage, 'SERVICE')
          ? [own, join(workFolder, deployable)]
          : [shared, join(workFolder, 'shared')];
        const known = built.get(name) ?? buildStage(stage, join(folder, name));
        built.set(name, known);
        return known;
      };
      const buildStage = async (stage: Stage, root: string): Promise<StageState> => {
        const needed = new Map<string, string>();
        for (const step of stage.steps) {
          if (step.kind === 'copy' && step.from !== null) needed.set(step.from, (await stageNamed(step.from)).root);
        }
        const state = await open(stage, root);
        const surroundings: BuildSurroundings = {
          context,
          rootOfStage: (name) => needed.get(name) ?? '',
          given: { SERVICE: deployable },
          globalArguments: dockerfile.globalArguments,
          cacheFolder: ({ id }) => cacheFolder(id, repository),
        };
        for (const step of stage.steps) await carryOut(step, state, surroundings);
        return state;
      };
      const open = async (stage: Stage, root: string): Promise<StageState> => {
        await mkdir(root, { recursive: true });
        const base = dockerfile.stages.find(({ name }) => name === stage.base);
        if (base === undefined) {
          await placeNode(root);
          return { root, environment: {}, buildArguments: {}, workingDirectory: '/' };
        }
        const from = await stageNamed(base.name);
        await copyTree(from.root, root);
        return { ...from, root, environment: { ...from.environment }, buildArguments: {} };
      };
      const last = dockerfile.stages.at(-1);
      if (last === undefined) throw new Error('the Dockerfile has no stage');
      return describe(deployable, await stageNamed(last.name), last.steps);
    },
  };
}

function find({ stages }: ParsedDockerfile, name: string): Stage {
  const stage = stages.find((candidate) => candidate.name === name);
  if (stage === undefined) throw new Error(`the Dockerfile has no stage ${name}`);
  return stage;
}

/** Whether the stage, or one that it is made from, declares the argument. */
function dependsOn(dockerfile: ParsedDockerfile, stage: Stage, argument: string): boolean {
  if (stage.steps.some((step) => step.kind === 'arg' && step.name === argument)) return true;
  const sources = stage.steps.flatMap((step) => (step.kind === 'copy' && step.from !== null ? [step.from] : []));
  return [stage.base, ...sources]
    .flatMap((name) => dockerfile.stages.filter((candidate) => candidate.name === name))
    .some((source) => dependsOn(dockerfile, source, argument));
}

function describe(deployable: string, state: StageState, steps: readonly Step[]): Image {
  const last = <Kind extends Step['kind']>(kind: Kind) =>
    steps.findLast((step): step is Extract<Step, { kind: Kind }> => step.kind === kind);
  const [uid = 0, gid = 0] = (last('user')?.user ?? '0:0').split(':').map(Number);
  return {
    deployable,
    root: state.root,
    workingDirectory: state.workingDirectory,
    environment: state.environment,
    entrypoint: last('entrypoint')?.command ?? [],
    command: last('cmd')?.command ?? [],
    healthCheck: last('healthcheck')?.command ?? null,
    user: { uid, gid },
    port: last('expose')?.port ?? 0,
  };
}

/** pnpm's own store of this machine, so that what is installed already is not fetched again. */
function cacheFolder(id: string, repository: string): string {
  if (id !== 'pnpm') throw new Error(`nothing here stands for the cache ${id}`);
  const { packageManager } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    packageManager: string;
  }; // the project's own manifest
  const path = execFileSync('npx', ['--yes', packageManager, 'store', 'path'], { cwd: repository, encoding: 'utf8' });
  return join(path.trim(), '..'); // pnpm adds its version to the store's folder
}

export const baseImageOf = (dockerfile: ParsedDockerfile): string =>
  expandVariables(dockerfile.stages.at(-1)?.base ?? '', dockerfile.globalArguments);
