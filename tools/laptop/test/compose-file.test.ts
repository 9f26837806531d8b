import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contexts, services, type ServiceName } from '@frontdesk/contracts';
import { configSchema as api } from '@frontdesk/api/config';
import { configSchema as conversation } from '@frontdesk/conversation-worker/config';
import {
  deployablesOf,
  inOrder,
  isTask,
  publishedPorts,
  readComposeFile,
  type ComposeService,
} from '@frontdesk/images';
import { localSecretsOf, secretIdOf } from '@frontdesk/laptop';
import { demoClinic } from '@frontdesk/local-stack';
import { configSchema as messaging } from '@frontdesk/messaging-worker/config';
import { configSchema as migrate } from '@frontdesk/migrate/config';
import { configSchema as payments } from '@frontdesk/payments-service/config';
import { judgeConfig, settingsOf } from '@frontdesk/runtime';
import { startTelnyxSimulator } from '@frontdesk/simulators';
import { configSchema as ingress } from '@frontdesk/webhook-ingress/config';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..', '..');
const name = 'docker-compose.localstack.yml';
const file = readComposeFile(join(root, name));
const schemas = {
  'webhook-ingress': ingress,
  'conversation-worker': conversation,
  'messaging-worker': messaging,
  payments,
  api,
} as const;
const login = 'postgresql://a:b@postgres:5432/c';
const secrets = localSecretsOf({
  logins: {
    'webhook-ingress': login,
    'conversation-worker': login,
    'messaging-worker': login,
    payments: login,
    api: login,
  },
  redisUrl: 'redis://redis:6379',
});
/** What the SDK of AWS reads by itself. */
const ofTheSdk = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

const part = (service: string): ComposeService => {
  const found = file.services[service];
  if (found === undefined) throw new Error(`${name} has no ${service}`);
  return found;
};
const built = Object.entries(file.services).filter(([, service]) => service.build !== undefined);

describe(name, () => {
  it('is understood by docker-compose (apt-get install docker-compose; it needs no engine)', () => {
    const { error, status, stderr } = spawnSync('docker-compose', ['-f', name, 'config', '--quiet'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (error !== undefined) throw new Error('this test needs docker-compose: apt-get install docker-compose');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('runs every service, what it needs, and nothing that nobody knows', () => {
    const others = ['simulators', 'migrate', 'queues', 'secrets', 'clinic', 'postgres', 'redis', 'localstack'];
    const always = Object.entries(file.services).filter(([, { profiles }]) => profiles.length === 0);
    expect(always.map(([each]) => each).toSorted()).toEqual([...services, ...others].toSorted());
  });

  it.each(services)(
    'gives %s every setting that it needs, none that it does not know, and secrets from the secret',
    (service) => {
      const { environment } = part(service);
      const known = settingsOf(schemas[service]);
      const names = known.map((setting) => setting.name);
      expect(Object.keys(environment).filter((each) => !names.includes(each) && !ofTheSdk.includes(each))).toEqual([]);
      expect(Object.keys(secrets[service]).filter((each) => !names.includes(each))).toEqual([]);
      const secretNames = known.filter((setting) => setting.secret).map((setting) => setting.name);
      expect(Object.keys(environment).filter((each) => secretNames.includes(each))).toEqual([]);
      expect(Object.keys(secrets[service]).filter((each) => !secretNames.includes(each))).toEqual([]);
      expect(environment['SECRET_ID']).toBe(secretIdOf(service));
      expect(judgeConfig(schemas[service], { ...secrets[service], ...environment }).faults).toEqual([]);
    },
  );

  it('gives each service a login of its own, the same where it is made and where it is stored', () => {
    const loginsIn = (name: string) =>
      Object.entries(part(name).environment).filter(([each]) => /^LOGIN_(?!OPERATOR)/.test(each));
    expect(loginsIn('migrate')).toEqual(loginsIn('secrets'));
    const expected = services.map((service) => `LOGIN_${service.replaceAll('-', '_').toUpperCase()}`);
    expect(
      loginsIn('secrets')
        .map(([each]) => each)
        .toSorted(),
    ).toEqual(expected.toSorted());
    expect(new Set(loginsIn('secrets').map(([, url]) => new URL(url).username)).size).toBe(services.length);
  });

  it('gives migrations the owner, and nobody else who stays', () => {
    expect(judgeConfig(migrate, part('migrate').environment).faults).toEqual([]);
    const owners = Object.entries(file.services).filter(([, { environment }]) => 'DATABASE_ADMIN_URL' in environment);
    expect(owners.map(([each]) => each).toSorted()).toEqual(['clinic', 'migrate']);
    expect(owners.every(([, service]) => isTask(service))).toBe(true);
  });

  it('names no queue: they come from the contracts, by the code that tests use', () => {
    const text = readFileSync(join(root, name), 'utf8');
    const names = Object.values(contexts).flatMap(({ queue, deadLetterQueue }) => [queue, deadLetterQueue]);
    expect(names.filter((queue) => text.includes(queue))).toEqual([]);
    expect(part('queues').command).toEqual(['deployable/src/queues/main.ts']);
    expect(readFileSync(join(root, 'tools/laptop/src/queues/main.ts'), 'utf8')).toContain('ensureQueues(sqs)');
  });

  it('starts each after what it waits for: tasks when they are done, the rest when they are well', async () => {
    const order: string[] = [];
    await inOrder(file, async (each) => void order.push(each));
    for (const service of services) {
      expect(order.indexOf(service)).toBeGreaterThan(order.indexOf('queues'));
      expect(order.indexOf(service)).toBeGreaterThan(order.indexOf('migrate'));
    }
    for (const [each, { depends_on }] of Object.entries(file.services)) {
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        const wanted = isTask(part(needed)) ? 'service_completed_successfully' : 'service_healthy';
        expect({ each, needed, condition }).toEqual({ each, needed, condition: wanted });
      }
    }
  });

  it.each(built)('builds %s from the one Dockerfile, and runs it without rights', (_, service) => {
    expect(service.build?.context).toBe('.');
    expect(deployablesOf(root)).toContain(service.build?.args.SERVICE);
    expect(service.image).toBe(`frontdesk/${service.build?.args.SERVICE}`);
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    for (const path of service.command ?? []) {
      expect(existsSync(join(root, path.replace('deployable', `tools/${service.build?.args.SERVICE}`)))).toBe(true);
    }
  });

  it('looks after the health of everything that stays, and pins what it fetches', () => {
    for (const [each, service] of Object.entries(file.services)) {
      if (isTask(service)) expect(service.healthcheck).toEqual({ disable: true });
      // What is built has the health check of the Dockerfile.
      else if (service.build === undefined) expect({ each, check: service.healthcheck }).toHaveProperty('check.test');
      else expect(service.healthcheck).toBeUndefined();
      if (service.build === undefined) expect(service.image).toMatch(/:v?\d+\.\d+/);
    }
    expect(part('localstack').image).toBe('localstack/localstack:4.14.0');
    expect(part('redis').command?.join(' ')).toContain('--maxmemory-policy noeviction');
  });

  it('publishes ports to this machine alone, each once, and each where the others look for it', () => {
    const published = Object.values(file.services).flatMap(publishedPorts);
    expect(published.filter(({ address }) => address !== '127.0.0.1')).toEqual([]);
    expect(new Set(published.map(({ host }) => host)).size).toBe(published.length);
    const standard: Record<string, number> = { postgres: 5432, redis: 6379, localstack: 4566 };
    const links = [...Object.values(file.services).map(({ environment }) => environment), ...Object.values(secrets)]
      .flatMap((environment) => Object.values(environment))
      .flatMap((value) => [...value.matchAll(/\/\/(?:[^/@]+@)?([a-z][a-z-]*):(\d+)/g)])
      .map(([, host = '', port]) => ({ host, port: Number(port) }))
      .filter(({ host }) => host !== 'localhost');
    expect(links.length).toBeGreaterThan(10);
    for (const { host, port } of links) {
      expect({ host, ports: publishedPorts(part(host)).map(({ container }) => container) }).toEqual({
        host,
        ports: expect.arrayContaining([standard[host] ?? port]),
      });
    }
  });

  it('lets services trust the simulator of the carrier, and the demonstration know its clinic', async () => {
    const telnyx = await startTelnyxSimulator();
    await telnyx.stop();
    expect(part('webhook-ingress').environment['TELNYX_PUBLIC_KEY']).toBe(telnyx.publicKey);
    const said = readFileSync(join(root, name), 'utf8').replaceAll(' ', '');
    expect(said).toContain(demoClinic.location.number);
  });

  it('gives services longer to stop than they take', () => {
    for (const service of services)
      expect(Number.parseInt(part(service).stop_grace_period ?? '0', 10)).toBeGreaterThan(25);
  });
});

describe('the local telemetry', () => {
  it('reads the metrics of every service, and shows the dashboard of the repository', () => {
    const prometheus = parse(readFileSync(join(root, 'tools/laptop/telemetry/prometheus.yml'), 'utf8')) as {
      scrape_configs: { static_configs: { targets: string[] }[] }[];
    }; // the shape that Prometheus documents
    const targets = prometheus.scrape_configs.flatMap(({ static_configs }) =>
      static_configs.flatMap(({ targets }) => targets),
    );
    expect(targets.toSorted()).toEqual(services.map((service: ServiceName) => `${service}:8080`).toSorted());
    for (const volume of [...part('grafana').volumes, ...part('prometheus').volumes]) {
      expect(existsSync(join(root, volume.split(':')[0] ?? ''))).toBe(true);
    }
  });
});
