import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, link, mkdir } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { copyTree } from './copy-tree.ts';
import { expandVariables } from '../dockerfile/expand-variables.ts';
import type { CacheMount, Step } from '../dockerfile/stage.ts';

/** A stage in the making: where it is, and what ENV, ARG and WORKDIR have set so far. */
export type StageState = {
  root: string;
  environment: Record<string, string>;
  buildArguments: Record<string, string>;
  workingDirectory: string;
};

export type BuildSurroundings = {
  /** Where COPY without --from finds its sources. */
  context: string;
  rootOfStage: (name: string) => string;
  /** What --build-arg gives. */
  given: Readonly<Record<string, string>>;
  globalArguments: Readonly<Record<string, string>>;
  /** The folder of this machine that stands for a cache mount. */
  cacheFolder: (mount: CacheMount) => string;
};

/** Carries out the steps that change files or variables; what describes the process is read elsewhere. */
export async function carryOut(step: Step, state: StageState, surroundings: BuildSurroundings): Promise<void> {
  const variables = { ...state.buildArguments, ...state.environment };
  const expand = (text: string) => expandVariables(text, variables);
  switch (step.kind) {
    case 'arg': {
      const value = surroundings.given[step.name] ?? step.value ?? surroundings.globalArguments[step.name];
      if (value !== undefined && value !== null) state.buildArguments[step.name] = expand(value);
      return;
    }
    case 'env':
      for (const [name, value] of Object.entries(step.entries)) state.environment[name] = expand(value);
      return;
    case 'workdir':
      state.workingDirectory = absolute(state, expand(step.path));
      await mkdir(join(state.root, state.workingDirectory), { recursive: true });
      return;
    case 'copy': {
      const from = step.from === null ? surroundings.context : surroundings.rootOfStage(step.from);
      for (const source of step.sources.map(expand)) await copy(from, source, step.destination, state);
      return;
    }
    case 'run':
      return run(step.command, step.cacheMounts, state, surroundings);
    case 'user':
    case 'expose':
    case 'stopsignal':
    case 'healthcheck':
    case 'entrypoint':
    case 'cmd':
      return;
  }
}

/** A folder is copied as its contents, a file into a destination that ends in a slash or is a folder by name. */
async function copy(from: string, source: string, destination: string, state: StageState): Promise<void> {
  const target = join(state.root, absolute(state, destination));
  const isFolder = destination.endsWith('/') || destination === '.';
  const origin = join(from, source);
  const into = isFolder && /\.[a-z]+$/.test(source) ? join(target, source.split('/').at(-1) ?? '') : target;
  await copyTree(origin, into);
}

async function run(
  command: string,
  mounts: readonly CacheMount[],
  state: StageState,
  surroundings: BuildSurroundings,
): Promise<void> {
  const environment = { ...state.buildArguments, ...state.environment };
  for (const mount of mounts) {
    for (const [name, value] of Object.entries(environment)) {
      if (value === mount.target) environment[name] = surroundings.cacheFolder(mount);
    }
  }
  const child = spawn('/bin/sh', ['-ec', command], {
    cwd: join(state.root, state.workingDirectory),
    env: { ...ofThisMachine(state.root), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  // a child without a signal ends with a number
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw new Error(`RUN ${command}\nended with ${code}:\n${Buffer.concat(said).toString().slice(-4_000)}`);
}

/** What of this machine a step may see: its tools, its network settings and where npm keeps what it has fetched. */
const ofTheMachine =
  /^(HOME|TMPDIR|LANG|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|(https?|no|all)_proxy|npm_config_(registry|userconfig|cafile|cache))$/i;

/** The path finds what earlier steps installed into the image first, then this machine's tools, npm among them. */
function ofThisMachine(root: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => ofTheMachine.test(name));
  return {
    ...Object.fromEntries(kept),
    PATH: [join(root, 'usr/local/bin'), process.env['PATH']].join(delimiter),
    npm_config_prefix: join(root, 'usr/local'),
  };
}

/** Puts the running Node where the base image has its own. */
export async function placeNode(root: string): Promise<void> {
  const place = join(root, 'usr/local/bin/node');
  await mkdir(dirname(place), { recursive: true });
  await link(process.execPath, place).catch(() => copyFile(process.execPath, place));
}

function absolute(state: StageState, path: string): string {
  return isAbsolute(path) ? path : join(state.workingDirectory, path);
}
