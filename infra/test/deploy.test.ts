import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { changedMigrations } from '../src/deploy/changed-migrations.ts';
import type { Plan } from '../src/deploy/plan.ts';
import { planDeployment } from '../src/deploy/plan.ts';
import { runDeploy } from '../src/deploy/run-deploy.ts';
import { migrationTaskSchema, runMigrations } from '../src/deploy/run-migrations.ts';
import { templateDifference } from '../src/deploy/template-difference.ts';
import { environments } from '../src/environments.ts';
import { startEcsServer, type EcsServer } from './support/ecs-server.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const registry = { staging: '111111111111', production: '222222222222' };
const image = (name: string, of: keyof typeof registry, version = `@${digest}`) =>
  `${registry[of]}.dkr.ecr.us-east-1.amazonaws.com/frontdesk/${name}${version}`;

let carriedOut: Plan[];
beforeEach(() => {
  carriedOut = [];
});

async function deploy(...words: string[]): Promise<{ code: number; said: string; complained: string }> {
  const [said, complained]: [string[], string[]] = [[], []];
  const code = await runDeploy(words, {
    out: { write: (text) => said.push(text) },
    err: { write: (text) => complained.push(text) },
    carryOut: async (plan) => void carriedOut.push(plan),
  });
  return { code, said: said.join(''), complained: complained.join('') };
}

describe('pnpm deploy:svc', () => {
  it('prints the steps, the exact command and the resources of the one stack, and changes nothing', async () => {
    const { code, said } = await deploy('messaging-worker', '--image', image('messaging-worker', 'staging', ':1.4.0'));
    expect(said).toContain('deploy frontdesk-staging-messaging-worker');
    expect(said).toContain(
      `cdk deploy frontdesk-staging-messaging-worker --exclusively --context environment=staging --parameters frontdesk-staging-messaging-worker:Image=${image('messaging-worker', 'staging', ':1.4.0')}`,
    );
    expect(said).toContain(' 1  AWS::ECS::Service');
    expect(said).toContain('Nothing was done');
    expect(code).toBe(0);
    expect(carriedOut).toEqual([]);
  });

  it('does it when told so, and gives the plan as JSON', async () => {
    const words = ['payments', '--image', image('payments', 'staging'), '--since', 'HEAD', '--json', '--yes'];
    const { code, said } = await deploy(...words);
    expect({ code, plans: carriedOut }).toEqual({ code: 0, plans: [JSON.parse(said)] });
  });

  it('does not do it when nobody knows whether migrations are new', async () => {
    const { code, complained } = await deploy('payments', '--image', image('payments', 'staging'), '--yes');
    expect({ code, carriedOut }).toEqual({ code: 3, carriedOut: [] });
    expect(complained).toContain('--since');
  });

  it.each([
    ['a service that is none', 2, 'there is no service billing', ['billing', '--image', image('payments', 'staging')]],
    ['no image', 2, "required option '--image <uri>'", ['payments']],
    [
      'an environment that is none',
      2,
      'Allowed choices are staging, production',
      ['payments', '--image', 'x', '--environment', 'prod'],
    ],
    [
      'a tag in production',
      3,
      'has no digest',
      ['payments', '--environment', 'production', '--image', image('payments', 'production', ':1.0')],
    ],
    ['latest', 3, 'says latest', ['payments', '--image', image('payments', 'staging', ':latest')]],
    ['neither tag nor digest', 2, 'is not an image: write', ['payments', '--image', image('payments', 'staging', '')]],
    [
      'the image of another service',
      3,
      'is not an image of payments',
      ['payments', '--image', image('messaging-worker', 'staging')],
    ],
    ["another environment's registry", 3, 'in staging', ['payments', '--image', image('payments', 'production')]],
    [
      'a commit that git does not know',
      2,
      'git knows no commit',
      ['payments', '--image', image('payments', 'staging'), '--since', 'no-such-tag'],
    ],
    [
      'an earlier template that is not there',
      2,
      'holds no template',
      ['payments', '--image', image('payments', 'staging'), '--against', '/nowhere'],
    ],
  ])('refuses %s and says why', async (_, expected, words, given) => {
    const { code, complained, said } = await deploy(...given);
    expect({ code, said }).toEqual({ code: expected, said: '' });
    expect(complained).toContain(words);
  });
});

describe('the plan', () => {
  const environment = environments.production;
  const template = { Resources: {} };
  const request = {
    service: 'payments',
    environment: 'production',
    image: image('payments', 'production'),
    migrationsImage: image('migrations', 'production'),
    since: 'v1',
    against: undefined,
  } as const;
  const added = { added: ['migrations/0042_more.sql'], edited: [] };
  const facts = { environment, template, previous: undefined, migrations: added };

  it('runs new migrations before the service, from their own image', () => {
    const { steps } = planDeployment(request, facts);
    expect(steps).toMatchObject([
      { what: 'deploy', stack: 'frontdesk-production-migrations', image: request.migrationsImage },
      { what: 'migrate', files: added.added },
      { what: 'deploy', stack: 'frontdesk-production-payments', image: request.image },
    ]);
  });

  it('leaves the migrations alone when none are new', () => {
    const { steps, migrations } = planDeployment(request, { ...facts, migrations: { added: [], edited: [] } });
    expect(steps.map(({ stack }) => stack)).toEqual(['frontdesk-production-payments']);
    expect(migrations).toBe('none are new');
  });

  it('is refused without the image of new migrations, and when an old one was edited', () => {
    expect(() => planDeployment({ ...request, migrationsImage: undefined }, facts)).toThrow('--migrations-image');
    const edited = { added: [], edited: ['migrations/0001_roles.sql'] };
    expect(() => planDeployment(request, { ...facts, migrations: edited })).toThrow('never edited');
  });

  it('says which resources come, go and change', () => {
    const before = {
      Resources: { a: { Type: 'A', Properties: { x: 1, y: [1] } }, b: { Type: 'B' }, same: { Type: 'C' } },
    };
    const after = {
      Resources: { a: { Type: 'A', Properties: { x: 2, y: [1] } }, n: { Type: 'N' }, same: { Type: 'C' } },
    };
    expect(templateDifference(before, after)).toEqual([
      { change: 'changed', type: 'A', id: 'a', properties: ['x'] },
      { change: 'gone', type: 'B', id: 'b', properties: [] },
      { change: 'new', type: 'N', id: 'n', properties: [] },
    ]);
  });
});

describe('the migrations since a commit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-git-'));
  // Maintenance in the background would still write while the folder is deleted.
  const settings = [
    'user.name=t',
    'user.email=t@t.example',
    'maintenance.auto=false',
    'gc.auto=0',
    'commit.gpgSign=false',
  ].flatMap((setting) => ['-c', setting]);
  const git = (...words: string[]) => execFileSync('git', [...settings, ...words], { cwd: folder, stdio: 'ignore' });
  const write = (file: string, text: string) => writeFileSync(join(folder, 'migrations', file), text);
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));

  it('are the added files; an edited one is told apart, and other files do not count', () => {
    mkdirSync(join(folder, 'migrations'));
    write('0001_a.sql', 'select 1;');
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'a');
    git('tag', 'v1');
    write('0002_b.sql', 'select 2;');
    write('0001_a.sql', 'select 11;');
    write('README.md', 'words');
    git('add', '.');
    git('commit', '--quiet', '--message', 'b');
    expect(changedMigrations('v1', folder)).toEqual({
      added: ['migrations/0002_b.sql'],
      edited: ['migrations/0001_a.sql'],
    });
    write('0002_b.sql', 'select 22;'); // not committed
    expect(changedMigrations('HEAD', folder)).toEqual({ added: [], edited: [] });
  });
});

describe('running the migrations', () => {
  const task = migrationTaskSchema.parse({
    MigrationCluster: 'frontdesk',
    MigrationTask: 'arn:aws:ecs:us-east-1:111111111111:task-definition/frontdesk-migrations:7',
    MigrationSubnets: 'subnet-1,subnet-2',
    MigrationSecurityGroup: 'sg-1',
  });
  let ecs: EcsServer;
  afterEach(() => ecs.close());

  it('starts one task where no address is public, and waits for its good end', async () => {
    ecs = await startEcsServer({ exitCode: 0 });
    await runMigrations(ecs.client, task);
    expect(ecs.calls[0]).toMatchObject({
      name: 'RunTask',
      input: {
        taskDefinition: task.MigrationTask,
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: ['subnet-1', 'subnet-2'],
            securityGroups: ['sg-1'],
            assignPublicIp: 'DISABLED',
          },
        },
      },
    });
    expect(ecs.calls.filter(({ name }) => name === 'RunTask')).toHaveLength(1);
  });

  it('fails when they fail, when they end without a code, and when they do not start', async () => {
    ecs = await startEcsServer({ exitCode: 1 });
    await expect(runMigrations(ecs.client, task)).rejects.toThrow('ended with 1');
    await ecs.close();
    ecs = await startEcsServer({});
    await expect(runMigrations(ecs.client, task)).rejects.toThrow('no exit code');
    await ecs.close();
    ecs = await startEcsServer({ failure: 'RESOURCE:MEMORY' });
    await expect(runMigrations(ecs.client, task)).rejects.toThrow('RESOURCE:MEMORY');
  });
});
