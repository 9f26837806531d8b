import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { services } from '@frontdesk/contracts';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '..', '..', '..');
const lintProcess = join(import.meta.dirname, '..', 'src', 'workflows', 'lint-process.ts');

const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const permissions = z.record(z.string(), z.enum(['read', 'write']));
const job = z.looseObject({
  uses: z.string().optional(),
  'runs-on': z.string().optional(),
  'timeout-minutes': z.number().optional(),
  environment: z.string().optional(),
  permissions: permissions.optional(),
  steps: z.array(step).default([]),
});
const workflow = z.looseObject({
  on: z.record(z.string(), z.unknown()),
  permissions,
  concurrency: z.looseObject({ group: z.string() }),
  jobs: z.record(z.string(), job),
});
const action = z.looseObject({ runs: z.looseObject({ steps: z.array(step) }) });

const paths = globSync('.github/workflows/*.yml', { cwd: root }).toSorted();
const actionPaths = globSync('.github/actions/*/action.yml', { cwd: root });
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const workflows = paths.map((path) => ({
  ...workflow.parse(parse(read(path))),
  name: basename(path, '.yml'),
  text: read(path),
}));
const jobs = workflows.flatMap(({ name, jobs: all }) =>
  Object.entries(all).map(([id, each]) => ({ ...each, name: `${name}/${id}` })),
);
const steps = [
  ...jobs.flatMap((each) => each.steps.map((one) => ({ job: each.name, ...one }))),
  ...actionPaths.flatMap((path) => action.parse(parse(read(path))).runs.steps.map((one) => ({ job: path, ...one }))),
];
const named = (name: string) => {
  const found = jobs.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no job ${name}`);
  return found;
};
const lint = (files: readonly string[]): string[] =>
  JSON.parse(execFileSync(process.execPath, [lintProcess, ...files], { cwd: root, encoding: 'utf8' })) as string[]; // its own output

describe('the workflows', () => {
  it('are what GitHub understands, by its own language service', () => {
    expect(lint([...paths, ...actionPaths])).toEqual([]);
  });

  it('are five, each one run at a time where it matters', () => {
    expect(workflows.map(({ name }) => name)).toEqual(['checks', 'nightly', 'promote', 'release', 'rollback']);
    const ofEnvironments = workflows.filter(({ name }) => ['promote', 'release', 'rollback'].includes(name));
    expect(ofEnvironments.map(({ concurrency }) => concurrency)).toEqual([
      { group: 'production', 'cancel-in-progress': false },
      { group: 'staging', 'cancel-in-progress': false },
      { group: '${{ inputs.environment }}', 'cancel-in-progress': false },
    ]);
  });

  it('run actions of others only by commit, with the version beside it', () => {
    const lines = [...paths, ...actionPaths]
      .flatMap((path) => read(path).split('\n'))
      .filter((line) => /\buses:/.test(line));
    const foreign = lines.filter((line) => !line.includes('uses: ./'));
    expect(foreign.length).toBeGreaterThan(20);
    expect(foreign.filter((line) => !/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
    const versions = new Map<string, Set<string>>();
    for (const line of foreign) {
      const [, name = '', rest = ''] = /uses: ([^@]+)@(.*)$/.exec(line) ?? [];
      versions.set(name, (versions.get(name) ?? new Set()).add(rest));
    }
    expect([...versions.values()].filter((each) => each.size > 1)).toEqual([]);
    for (const { uses } of [...jobs, ...steps]) {
      if (uses?.startsWith('./') === true) expect(existsSync(join(root, uses))).toBe(true);
    }
  });

  it('may read the repository and nothing else, but for the jobs that deploy and mark', () => {
    expect(workflows.filter((each) => JSON.stringify(each.permissions) !== '{"contents":"read"}')).toEqual([]);
    const more = jobs.filter((each) => each.permissions !== undefined).map((each) => [each.name, each.permissions]);
    const assumesRole = { contents: 'read', 'id-token': 'write' };
    expect(Object.fromEntries(more)).toEqual({
      'promote/deploy': assumesRole,
      'promote/mark': { contents: 'write' },
      'release/build': assumesRole,
      'release/deploy': assumesRole,
      'release/mark': { contents: 'write' },
      'rollback/deploy': assumesRole,
    });
    const persisting = steps.filter(
      (one) => one.uses?.startsWith('actions/checkout@') === true && one.with?.['persist-credentials'] !== false,
    );
    expect(persisting.map((one) => one.job)).toEqual(['promote/mark', 'release/mark']);
  });

  it('reach AWS by a short-lived role of the environment, never by a key', () => {
    for (const { name, text } of workflows) {
      expect({ name, keys: /secrets\.|aws-(access|secret)/i.exec(text) }).toEqual({ name, keys: null });
    }
    const withRole = steps.filter((one) => one.uses?.startsWith('aws-actions/configure-aws-credentials@') === true);
    expect(new Set(withRole.map((one) => one.job))).toEqual(
      new Set(['promote/deploy', 'release/build', 'release/deploy', 'rollback/deploy']),
    );
    for (const one of withRole) {
      expect(String(one.with?.['role-to-assume'])).toMatch(/^\$\{\{ vars\.AWS_\w+_ROLE \}\}$/);
      expect(named(one.job).environment).toBeDefined();
    }
  });

  it('reach production only when somebody starts them, and asks the reviewers of the environment', () => {
    expect(named('promote/deploy').environment).toBe('production');
    for (const { name, on, text } of workflows) {
      if (/environment: production|inputs\.environment/.test(text)) {
        expect({ name, on: Object.keys(on) }).toEqual({ name, on: ['workflow_dispatch'] });
      }
    }
    expect(named('release/deploy').environment).toBe('staging');
  });

  it('put nothing from outside into the text of a command', () => {
    expect(steps.filter((one) => one.run?.includes('${{') === true)).toEqual([]);
  });

  it('end by themselves, on a machine whose version is known', () => {
    for (const { name, uses, ...each } of jobs) {
      if (uses !== undefined) continue;
      expect({ name, runsOn: each['runs-on'], limited: each['timeout-minutes'] !== undefined }).toEqual({
        name,
        runsOn: 'ubuntu-24.04',
        limited: true,
      });
    }
  });

  it('run commands that exist', () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));
    const commands = [...steps.map((one) => one.run ?? ''), read('.github/deploy.sh')].join('\n');
    const used = [...commands.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name);
    expect(new Set(used)).toEqual(
      new Set(['setup', 'verify', 'synth', 'migrations', 'changed', 'faults', 'deploy:svc']),
    );
    expect(used.filter((name) => !(name in scripts))).toEqual([]);
    for (const script of commands.matchAll(/^\s*(\.(?:ci|github)\/\S+)$/gm)) {
      expect(statSync(join(root, script[1] ?? '')).mode & 0o111).not.toBe(0);
    }
  });

  it('let people choose among all services to roll back', () => {
    const choices = z
      .object({ inputs: z.object({ service: z.object({ options: z.array(z.string()) }) }) })
      .parse(workflows.find(({ name }) => name === 'rollback')?.on['workflow_dispatch']);
    expect(choices.inputs.service.options).toEqual([...services]);
  });
});

describe('the check of workflows', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'frontdesk-workflows-'));
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['a key that nobody knows', 'runs-on: x\n    steps: [{ run: a, foo: 1 }]', 'foo'],
    ['a job that does not exist', 'runs-on: x\n    needs: [nobody]\n    steps: [{ run: a }]', 'nobody'],
    ['a step that does not exist', 'runs-on: x\n    steps: [{ run: "${{ steps.none.outputs.x }}" }]', 'none'],
    ['a function that does not exist', 'runs-on: x\n    if: includes(1, 2)\n    steps: [{ run: a }]', 'includes'],
  ])('sees %s', (_, text, named) => {
    const file = join(folder, '.github/workflows/one.yml');
    writeFileSync(file, `name: One\non: push\njobs:\n  one:\n    ${text}\n`);
    expect(lint([file]).join('\n')).toContain(named);
  });
});
