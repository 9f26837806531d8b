import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const script = join(import.meta.dirname, '..', '..', '..', '.github', 'deploy.sh');
const release = 'a'.repeat(40);
const digests = { tested: `sha256:${'1'.repeat(64)}`, other: `sha256:${'2'.repeat(64)}` };

let folder: string;
const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8').trim().split('\n') : []);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frontdesk-deploy-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the script with a docker that knows digests, and an npm that only says what it was asked. */
function deploy(settings: Record<string, string>, copied: string = digests.tested) {
  const program = (name: string, body: string) => {
    writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  program(
    'docker',
    `case "$*" in
      *create*) echo "copy \${*: -1}" >> "${folder}/log" ;;
      *production.registry*) echo ${copied} ;;
      *) echo ${digests.tested} ;;
    esac`,
  );
  program('npm', `echo "$*" >> "${folder}/log"`);
  return spawnSync(script, {
    encoding: 'utf8',
    env: {
      PATH: `${folder}:${process.env['PATH']}`,
      ENVIRONMENT: 'staging',
      SERVICE: 'payments',
      REGISTRY: 'staging.registry',
      RELEASE: release,
      SINCE: 'staging',
      WITH_MIGRATIONS: 'false',
      ...settings,
    },
  });
}

describe('the deployment of a release', () => {
  it('rolls a service out by the digest that the release has in the registry', () => {
    expect(deploy({}).status).toBe(0);
    expect(log()).toEqual([
      `run deploy:svc -- payments --environment staging --image staging.registry/frontdesk/payments@${digests.tested} --since staging --yes`,
    ]);
  });

  it('brings the image of the migrations along when there are new ones', () => {
    expect(deploy({ WITH_MIGRATIONS: 'true' }).status).toBe(0);
    expect(log().at(-1)).toContain(`--migrations-image staging.registry/frontdesk/migrations@${digests.tested}`);
  });

  it('gives production the image that staging tested', () => {
    const production = { ENVIRONMENT: 'production', REGISTRY: 'production.registry', COPY_FROM: 'staging.registry' };
    expect(deploy(production).status).toBe(0);
    expect(log()[0]).toBe(`copy staging.registry/frontdesk/payments:${release}`);
    expect(log()[1]).toContain(`--image production.registry/frontdesk/payments@${digests.tested}`);
  });

  it('deploys nothing when the copy is another image', () => {
    const production = { ENVIRONMENT: 'production', REGISTRY: 'production.registry', COPY_FROM: 'staging.registry' };
    const { status, stderr } = deploy(production, digests.other);
    expect(status).not.toBe(0);
    expect(stderr).toContain('another image than the one that was tested');
    expect(log().filter((line) => line.startsWith('run'))).toEqual([]);
  });

  it.each(['', 'main', 'v1.2.0', 'abc123'])('takes only the full commit of a release, not %j', (RELEASE) => {
    expect(deploy({ RELEASE }).status).not.toBe(0);
    expect(log()).toEqual([]);
  });
});
