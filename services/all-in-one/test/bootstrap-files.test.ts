import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { settingsOf } from '@frontdesk/runtime';
import { parse } from 'yaml';
import { configSchema } from '../src/config.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

type Service = {
  image?: string;
  build?: { args: { SERVICE: string } };
  environment?: Record<string, string>;
  ports?: string[];
  healthcheck?: { test: string[] };
  restart?: string;
  profiles?: string[];
  volumes?: string[];
  stop_grace_period?: string;
};
// The file's shape, which docker-compose itself checks below.
const compose = parse(read('docker-compose.bootstrap.yml')) as { services: Record<string, Service> };
const services = Object.entries(compose.services);
const deskEnvironment = compose.services['desk']?.environment ?? {};
const examples = ['frontdesk.env.example', 'owner.env.example'].map((name) => read(`infra/bootstrap/${name}`));
const exampleNames = examples.map((text) => Object.keys(parseEnv(text)));

const settings = settingsOf(configSchema);
const known = new Set(settings.map(({ name }) => name));
const needed = settings.filter(({ schema }) => !schema.safeParse(undefined).success).map(({ name }) => name);
/** What ends by itself. */
const once = ['migrate', 'media-folder'];
/** What the desk's process finds in its environment besides its settings: Node's own, and the credentials of the SDK. */
const others = ['NODE_OPTIONS', 'NODE_ENV', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

describe('docker-compose.bootstrap.yml', () => {
  it('gives the desk every setting that it needs, and none that it does not know', () => {
    const given = Object.keys(deskEnvironment);
    expect(needed.filter((name) => !given.includes(name))).toEqual([]);
    expect(given.filter((name) => !known.has(name) && !others.includes(name))).toEqual([]);
  });

  it('holds no secret, only the names of what the environment file holds', () => {
    const secrets = new Set(settings.filter(({ secret }) => secret).map(({ name }) => name));
    const inlined = services.flatMap(([service, { environment = {} }]) =>
      Object.entries(environment)
        .filter(([name]) => secrets.has(name) || /PASSWORD|SECRET|_KEY|DATABASE.*URL|LOGIN/.test(name))
        .filter(([, value]) => !/^\$\{[A-Z_]+:[?-]\}$/.test(value))
        .map(([name]) => `${service}: ${name}`),
    );
    expect(inlined).toEqual([]);
  });

  it('names nothing that the two examples do not explain', () => {
    const used = [...read('docker-compose.bootstrap.yml').matchAll(/\$\{([A-Z_]+):[?-]\}/g)].map(([, name]) => name);
    const explained = new Set(exampleNames.flat());
    expect([...new Set(used)].filter((name) => !explained.has(String(name)))).toEqual([]);
  });

  it('builds each image from a folder that exists, and runs what it names', () => {
    const built = services.flatMap(([, { build }]) => build?.args.SERVICE ?? []);
    const isThere = (name: string) =>
      ['services', 'tools'].some((folder) => existsSync(join(root, folder, name, 'src/main.ts')));
    expect(built).toEqual(['migrate', 'all-in-one', 'frontdesk']);
    expect(built.filter((name) => !isThere(name))).toEqual([]);
  });

  it('lets the outside reach Caddy alone', () => {
    const open = services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name);
    expect(open).toEqual(['caddy']);
    expect(read('infra/bootstrap/Caddyfile')).toMatch(/@desk path \/webhooks\/\* \/admin\/\* \/health\n/);
  });

  it('watches and brings back everything that stays up, and gives the desk time to finish', () => {
    const staying = services.filter(([name, { profiles }]) => profiles === undefined && !once.includes(name));
    for (const [, { healthcheck, restart }] of staying) {
      expect(healthcheck?.test).toBeDefined();
      expect(restart).toBe('unless-stopped');
    }
    expect(compose.services['desk']?.stop_grace_period).toBe('30s');
    expect(compose.services['desk']?.healthcheck?.test.join(' ')).toContain(`:${deskEnvironment['PORT']}/health`);
  });

  it('is understood by docker-compose (apt-get install docker-compose; it needs no engine)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'frontdesk-bootstrap-'));
    const filled = examples.join('\n').replaceAll(/^([A-Z_]+)=$/gm, '$1=filled');
    writeFileSync(join(folder, 'env'), filled);
    const args = ['-f', 'docker-compose.bootstrap.yml', '--env-file', join(folder, 'env'), 'config', '--quiet'];
    const { status, stderr } = spawnSync('docker-compose', args, { cwd: root, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe('the systemd units', () => {
  const unit = (name: string) => read(`infra/bootstrap/${name}`);
  const lines = (name: string, key: string) =>
    [...unit(name).matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value]) => String(value));

  it('start what exists, with the settings of the example and of the unit alone', () => {
    const [start] = lines('frontdesk.service', 'ExecStart');
    const file = start?.split(' ')[1]?.replace('/opt/frontdesk/', '') ?? '';
    expect(existsSync(join(root, file))).toBe(true);
    const own = lines('frontdesk.service', 'Environment').map((line) => String(line.split('=')[0]));
    const given = [...own, ...(exampleNames[0] ?? [])];
    expect(needed.filter((name) => !given.includes(name))).toEqual([]);
    // DESK_HOST is Caddy's.
    expect(given.filter((name) => !known.has(name) && ![...others, 'DESK_HOST'].includes(name))).toEqual([]);
  });

  it('keep what belongs to the owner of the database from the desk', () => {
    expect(lines('frontdesk.service', 'EnvironmentFile')).toEqual(['/etc/frontdesk/frontdesk.env']);
    expect(exampleNames[0]).not.toContain('DATABASE_ADMIN_URL');
  });

  it('give the desk time to finish, bring it back always, and hold no secret', () => {
    expect(lines('frontdesk.service', 'TimeoutStopSec')).toEqual(['30']);
    expect(lines('frontdesk.service', 'Restart')).toEqual(['always']);
    const secrets = settings.filter(({ secret }) => secret).map(({ name }) => `Environment=${name}`);
    expect(secrets.filter((line) => unit('frontdesk.service').includes(line))).toEqual([]);
  });
});

describe('the page of instructions', () => {
  it('names files, units and settings that exist', () => {
    const page = read('docs/bootstrap-mode.md');
    const paths = [...page.matchAll(/`?((?:infra|services|tools|docs)\/[\w./-]+\w)/g)].map(([, path]) => String(path));
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const units = [...page.matchAll(/\b(frontdesk[\w-]*\.(?:service|timer))\b/g)].map(([, name]) => String(name));
    expect(units.filter((name) => !existsSync(join(root, 'infra/bootstrap', name)))).toEqual([]);
  });
});
