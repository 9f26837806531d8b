import { readFileSync, readdirSync } from 'node:fs';
import { contexts, maxReceiveCount, queueAttributes, services } from '@frontdesk/contracts';
import { describe, expect, it } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { environments } from '../src/environments.ts';
import { routes } from '../src/edge/routes.ts';
import { makeResolve } from './support/resolve.ts';
import { rightsOf } from './support/roles.ts';
import { synthesise } from './support/synthesised.ts';

const all = synthesise('production', { checked: false });
const resolve = makeResolve(all.templates());
const named = resolve.bind(undefined);

type Properties = Record<string, unknown>;
const every = (template: Template, type: string): Properties[] =>
  Object.values(template.findResources(type)).map(({ Properties = {} }) => Properties as Properties);
const one = (template: Template, type: string): Properties => {
  const [found, ...others] = every(template, type);
  if (found === undefined || others.length > 0) throw new Error(`${others.length + 1} resources are ${type}`);
  return found;
};

describe('the queues', () => {
  const template = all.template('queues');
  const queue = (name: string) => every(template, 'AWS::SQS::Queue').find(({ QueueName }) => QueueName === name) ?? {};

  it('are those of the contracts and no others', () => {
    const names = Object.values(contexts).flatMap((context) => [context.queue, context.deadLetterQueue]);
    expect(
      every(template, 'AWS::SQS::Queue')
        .map(({ QueueName }) => String(QueueName))
        .toSorted(),
    ).toEqual(names.toSorted());
  });

  it.each(Object.values(contexts))('$queue is made as the contracts say, also its dead letters', (context) => {
    for (const name of [context.queue, context.deadLetterQueue]) {
      const asTold = Object.keys(queueAttributes).map((attribute) => [attribute, String(queue(name)[attribute])]);
      expect(Object.fromEntries(asTold)).toEqual(queueAttributes);
      expect(named(template, queue(name)['KmsMasterKeyId'])).toBe('key Messages of Frontdesk');
    }
    expect(named(template, queue(context.queue)['RedrivePolicy'])).toEqual({
      deadLetterTargetArn: `queue ${context.deadLetterQueue}`,
      maxReceiveCount,
    });
    expect(queue(context.deadLetterQueue)['RedriveAllowPolicy']).toEqual({
      redrivePermission: 'byQueue',
      sourceQueueArns: [`arn:aws:sqs:us-east-1:222222222222:${context.queue}`],
    });
  });

  it('refuse everybody who comes without TLS', () => {
    const policies = every(template, 'AWS::SQS::QueuePolicy');
    expect(policies).toHaveLength(2 * Object.keys(contexts).length);
    for (const { PolicyDocument } of policies) {
      expect(PolicyDocument).toMatchObject({
        Statement: [
          {
            Effect: 'Deny',
            Action: 'sqs:*',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          },
        ],
      });
    }
  });
});

describe('the data', () => {
  const template = all.template('data');
  const database = one(template, 'AWS::RDS::DBInstance');

  it('is in a Postgres with a standby, encrypted, restorable to any moment, and not deletable by mistake', () => {
    expect(database).toMatchObject({
      Engine: 'postgres',
      MultiAZ: true,
      StorageEncrypted: true,
      BackupRetentionPeriod: environments.production.database.backupDays,
      DeleteAutomatedBackups: false,
      DeletionProtection: true,
      PubliclyAccessible: false,
      ManageMasterUserPassword: true,
      EnableCloudwatchLogsExports: ['postgresql', 'upgrade'],
    });
    expect(database).not.toHaveProperty('MasterUserPassword');
    const major = /^(\d+)/.exec(String(database['EngineVersion']))?.[1];
    expect(Number(major)).toBeGreaterThanOrEqual(16);
  });

  it('travels with TLS only, and is not written into the logs of Postgres', () => {
    expect(one(template, 'AWS::RDS::DBParameterGroup')['Parameters']).toMatchObject({
      'rds.force_ssl': '1',
      log_statement: 'none',
      log_parameter_max_length: '0',
      log_parameter_max_length_on_error: '0',
      log_error_verbosity: 'terse',
    });
    const urls = every(template, 'AWS::SecretsManager::Secret')
      .map(({ SecretString }) => String(named(template, SecretString)))
      .filter((value) => value.includes('://'));
    expect(urls).toHaveLength(services.length + 2);
    for (const url of urls) expect(url).toMatch(/^postgresql:\/\/.*sslmode=verify-full|^rediss:\/\//);
  });

  it('has passwords that stand in no template', () => {
    const references = JSON.stringify(template.toJSON()).match(/\{\{resolve:secretsmanager:/g) ?? [];
    expect(references.length).toBeGreaterThanOrEqual(services.length + 3);
    for (const url of every(template, 'AWS::SecretsManager::Secret').filter((each) => 'SecretString' in each)) {
      expect(String(named(template, url['SecretString']))).toMatch(/:\{\{resolve:secretsmanager:[^}]*\}\}@/);
    }
  });

  it('of alarms is never evicted, and needs TLS and a password', () => {
    expect(one(template, 'AWS::ElastiCache::ParameterGroup')['Properties']).toEqual({
      'maxmemory-policy': 'noeviction',
    });
    expect(one(template, 'AWS::ElastiCache::ReplicationGroup')).toMatchObject({
      AtRestEncryptionEnabled: true,
      TransitEncryptionEnabled: true,
      TransitEncryptionMode: 'required',
      AutomaticFailoverEnabled: true,
      AuthToken: expect.anything(),
    });
  });

  it('is owned by a login whose password only the migrations are given', () => {
    const owner = (part: string) =>
      (rightsOf(all.template(part), 'StartRole', resolve)['secretsmanager:GetSecretValue'] ?? []).includes(
        'dbinstance frontdesk',
      );
    expect(['migrations', ...services].filter(owner)).toEqual(['migrations']);
    expect(rightsOf(all.template('migrations'), 'TaskRole', resolve)).toEqual({});
  });
});

describe('the network', () => {
  const template = all.template('network');

  /** `from -> to:port`, by the words that describe the groups. */
  const connections = () =>
    [...every(template, 'AWS::EC2::SecurityGroupIngress')]
      .map(
        ({ SourceSecurityGroupId, GroupId, FromPort }) =>
          [SourceSecurityGroupId, GroupId]
            .map((id) => String(named(template, id)).replace('securitygroup ', ''))
            .join(' -> ') + `:${String(FromPort)}`,
      )
      .toSorted();

  it('lets everybody reach only what they need', () => {
    const tasks = [...services, 'The one-off task that migrates the database'];
    const endpoints = 'The ways to AWS that do not leave the network';
    expect(connections()).toEqual(
      [
        ...tasks.map((task) => `${task} -> Postgres:5432`),
        ...tasks.map((task) => `${task} -> ${endpoints}:443`),
        'messaging-worker -> Alarms of BullMQ:6379',
        'payments -> Alarms of BullMQ:6379',
        'Webhooks and administration -> webhook-ingress:8080',
        'Webhooks and administration -> api:8080',
      ].toSorted(),
    );
  });

  it('is open to the internet at the load balancer alone', () => {
    const open = Object.values(template.findResources('AWS::EC2::SecurityGroup'))
      .filter(({ Properties }) => JSON.stringify(Properties.SecurityGroupIngress ?? []).includes('0.0.0.0/0'))
      .map(({ Properties }) => Properties.GroupDescription as string);
    expect(open).toEqual(['Webhooks and administration']);
  });
});

describe('the edge', () => {
  const template = all.template('edge');
  const listener = (port: number) =>
    every(template, 'AWS::ElasticLoadBalancingV2::Listener').find(({ Port }) => Port === port);

  it('answers on HTTPS, and sends HTTP there', () => {
    expect(listener(443)).toMatchObject({
      Protocol: 'HTTPS',
      SslPolicy: expect.stringContaining('TLS13'),
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    });
    expect(listener(80)).toMatchObject({
      DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }],
    });
  });

  it('lets only webhooks pass, to webhook-ingress, and administration, to api', () => {
    const rules = services.flatMap((service) =>
      every(all.template(service), 'AWS::ElasticLoadBalancingV2::ListenerRule'),
    );
    expect(rules).toHaveLength(Object.keys(routes).length);
    const host = { Field: 'host-header', HostHeaderConfig: { Values: [environments.production.domain] } };
    expect(rules).toMatchObject([
      {
        Conditions: [
          host,
          { Field: 'path-pattern', PathPatternConfig: { Values: ['/webhooks/*'] } },
          { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET', 'POST'] } },
        ],
      },
      {
        Conditions: [
          host,
          { Field: 'path-pattern', PathPatternConfig: { Values: ['/admin/*'] } },
          { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET', 'POST'] } },
        ],
      },
    ]);
  });

  it('is watched by a firewall that blocks no text for its words', () => {
    const { Rules } = one(template, 'AWS::WAFv2::WebACL') as { Rules: Properties[] };
    expect(every(template, 'AWS::WAFv2::WebACLAssociation')).toHaveLength(1);
    expect(Rules.map(({ Name }) => Name)).toEqual([
      'requests-of-one-address',
      'AWSManagedRulesCommonRuleSet',
      'AWSManagedRulesKnownBadInputsRuleSet',
      'AWSManagedRulesAmazonIpReputationList',
    ]);
    const overrides = JSON.stringify(Rules);
    for (const rule of ['SizeRestrictions_BODY', 'CrossSiteScripting_BODY', 'Log4JRCE_BODY']) {
      expect(overrides).toContain(`{"ActionToUse":{"Count":{}},"Name":"${rule}"}`);
    }
  });
});

describe('what the runbooks call by name in AWS', () => {
  const folder = new URL('../../docs/runbooks/', import.meta.url);
  const pages = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const told = (pattern: RegExp) => pages.flatMap((page) => [...page.matchAll(pattern)].map(([, name]) => name));

  it.each([
    ['a cluster', /(?:--cluster |service\/)([\w-]+)/g, 'AWS::ECS::Cluster', 'ClusterName'],
    ['a service', /(?:--service |service\/frontdesk\/)([\w-]+)/g, 'AWS::ECS::Service', 'ServiceName'],
    ['a secret', /--secret-id (\S+)/g, 'AWS::SecretsManager::Secret', 'Name'],
    ['the database', /--source-db-instance-identifier (\S+)/g, 'AWS::RDS::DBInstance', 'DBInstanceIdentifier'],
  ])('%s is there', (_, pattern, type, property) => {
    const names = told(pattern);
    expect(names.length).toBeGreaterThan(0);
    const made = all.templates().flatMap((template) => every(template, type).map((properties) => properties[property]));
    expect(made).toEqual(expect.arrayContaining(names));
  });
});
