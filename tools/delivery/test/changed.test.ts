import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { changedDeployables, planDeployment, readChange, readWorkspaces, withDependencies } from '@frontdesk/delivery';
import { deployablesOf } from '@frontdesk/images';

const root = join(import.meta.dirname, '..', '..', '..');
const workspaces = readWorkspaces(root);
const deployables = deployablesOf(root).map((name) => ({
  name,
  workspace: workspaces.find(({ folder }) => [`services/${name}`, `tools/${name}`].includes(folder))?.name ?? '',
}));
const all = deployables.map(({ name }) => name);

/** A repository with this one's manifests, in which a commit changes some files. */
let folder: string;
const git = (...words: string[]) =>
  execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...words], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-changed-'));
  git('init', '--quiet');
  const manifests = globSync(['{services,packages,tools}/*/package.json', 'infra/package.json'], { cwd: root });
  for (const path of [
    ...manifests,
    'package.json',
    'pnpm-lock.yaml',
    'pnpm-workspace.yaml',
    'turbo.json',
    '.dockerignore',
    '.gitignore',
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  git('add', '--all');
  git('commit', '--quiet', '--message', 'What runs');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function changedBy(...files: string[]): string[] {
  for (const file of files) write(file, `${file} ${Math.random()}\n`);
  git('add', '--all');
  git('commit', '--quiet', '--message', 'A change');
  return changedDeployables(deployables, workspaces, { ...readChange(folder, 'HEAD~1'), affected: () => [] });
}

describe('what a change deploys', () => {
  it('is the service whose source changed, and the process that holds all of them', () => {
    const changed = changedBy('services/payments/src/handlers/new.ts');
    expect(changed).toEqual(expect.arrayContaining(['all-in-one', 'payments']));
    for (const other of ['webhook-ingress', 'conversation-worker', 'messaging-worker', 'migrate']) {
      expect(changed).not.toContain(other);
    }
  });

  it('is every service that runs with the package', () => {
    const changed = changedBy('packages/scheduling/src/new.ts');
    const using = deployables.filter(({ workspace }) =>
      withDependencies(workspace, workspaces).some(({ name }) => name === '@frontdesk/scheduling'),
    );
    expect(changed).toEqual(using.map(({ name }) => name));
    expect(changed).toContain('conversation-worker');
    expect(changed).not.toContain('migrate');
  });

  it('is nothing when only tests, docs and tools of development changed', () => {
    expect(
      changedBy(
        'packages/kernel/src/money.test.ts',
        'services/payments/test/x.test.ts',
        'docs/x.md',
        'README.md',
        'tools/phone/src/x.ts',
        'infra/src/x.ts',
      ),
    ).toEqual([]);
  });

  it('is the task that migrates when a migration came', () => {
    expect(changedBy('migrations/0099_next.sql')).toEqual(['migrate']);
  });

  it.each(['Dockerfile', '.dockerignore', 'tools/patches/x.patch'])('is everything when %s changed', (file) => {
    expect(changedBy(file)).toEqual(all);
    git('checkout', '--quiet', 'HEAD~1', '--', '.');
  });

  it('is what turbo says of libraries when the lockfile changed', () => {
    const change = {
      files: ['pnpm-lock.yaml'],
      reachesImages: () => true,
      affected: () => ['@frontdesk/payments-service'],
    };
    expect(changedDeployables(deployables, workspaces, change)).toEqual(['payments']);
  });

  it('asks turbo, which knows the packages of this repository', () => {
    write('services/payments/src/another.ts', 'export {};\n');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'A change');
    const affected = readChange(folder, 'HEAD~1').affected();
    expect(affected).toContain('@frontdesk/payments-service');
    expect(affected).not.toContain('@frontdesk/webhook-ingress');
  });
});

describe('the plan of a deployment', () => {
  it('has the services that changed, with their images and those of the migrations', () => {
    expect(planDeployment(['all-in-one', 'payments', 'laptop'])).toEqual({
      services: ['payments'],
      images: ['payments'],
    });
    expect(planDeployment(['payments', 'migrate'])).toEqual({
      services: ['payments'],
      images: ['migrate', 'payments'],
    });
    expect(planDeployment(['frontdesk'])).toEqual({ services: [], images: [] });
  });

  it('sends migrations along with one service when nothing else changed, so that none is forgotten', () => {
    expect(planDeployment(['migrate'])).toEqual({
      services: ['webhook-ingress'],
      images: ['migrate', 'webhook-ingress'],
    });
  });
});
