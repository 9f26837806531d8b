import { services } from '@frontdesk/contracts';
import { describe, expect, it } from '@jest/globals';
import { configSchema as migrationSchema } from '@frontdesk/migrate/config';
import { loadConfig, settingsOf } from '@frontdesk/runtime';
import type { Template } from 'aws-cdk-lib/assertions';
import { routes } from '../src/edge/routes.ts';
import { environments } from '../src/environments.ts';
import { definitions } from '../src/service/definitions.ts';
import { makeResolve } from './support/resolve.ts';
import { rightsOf, type Rights } from './support/roles.ts';
import { synthesise } from './support/synthesised.ts';

const environment = environments.production;
const all = synthesise('production', { checked: false });
const resolve = makeResolve(all.templates());
const cases = definitions.map((definition) => [definition.name, definition] as const);

type Container = {
  Name: string;
  Environment?: { Name: string; Value: unknown }[];
  Secrets?: { Name: string; ValueFrom: unknown }[];
  [property: string]: unknown;
};

function container(template: Template, name: string): Container {
  const { ContainerDefinitions } = onlyOne(template, 'AWS::ECS::TaskDefinition');
  const found = (ContainerDefinitions as Container[]).find((each) => each.Name === name);
  if (found === undefined) throw new Error(`there is no container ${name}`);
  return found;
}

const onlyOne = (template: Template, type: string): Record<string, unknown> => {
  const found = Object.values(template.findResources(type));
  expect(found).toHaveLength(1);
  return found[0]?.['Properties'] as Record<string, unknown>; // of the resource
};

const sqs = {
  receive: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'],
  look: ['sqs:GetQueueAttributes'],
};
const messages = ['key Messages of Frontdesk'];
const telemetry = (service: string): Rights => ({
  'logs:CreateLogStream': [`loggroup /frontdesk/${service}/metrics`],
  'logs:DescribeLogStreams': [`loggroup /frontdesk/${service}/metrics`],
  'logs:PutLogEvents': [`loggroup /frontdesk/${service}/metrics`],
  'xray:PutTelemetryRecords': ['*'],
  'xray:PutTraceSegments': ['*'],
});
const queue = (name: string) => `queue ${name}.fifo`;
const consumer = (name: string, sendsTo: readonly string[]): Rights => ({
  'kms:Decrypt': messages,
  'kms:GenerateDataKey': messages,
  ...Object.fromEntries(sqs.receive.map((action) => [action, [queue(name)]])),
  'sqs:GetQueueAttributes': [queue(`${name}-dlq`), queue(name)].toSorted(),
  'sqs:GetQueueUrl': [...new Set([...sendsTo, name]), `${name}-dlq`].map(queue).toSorted(),
  'sqs:SendMessage': sendsTo.map(queue).toSorted(),
});

/** Written out here, so that a wider right is a change of this file. */
const taskRights: Record<string, Rights> = {
  'webhook-ingress': {
    'kms:Decrypt': messages,
    'kms:GenerateDataKey': messages,
    'sqs:GetQueueUrl': ['conversation', 'messaging', 'payments'].map(queue),
    'sqs:SendMessage': ['conversation', 'messaging', 'payments'].map(queue),
  },
  'conversation-worker': {
    ...consumer('conversation', ['conversation', 'messaging', 'payments']),
    'bedrock:InvokeModel': [
      'arn:aws:bedrock:us-east-1:222222222222:inference-profile/us.anthropic.claude-haiku-5-5',
      'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-haiku-5-5',
      'arn:aws:bedrock:us-east-2::foundation-model/anthropic.claude-haiku-5-5',
      'arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-haiku-5-5',
    ],
  },
  'messaging-worker': {
    ...consumer('messaging', ['messaging']),
    'kms:GenerateDataKey': [...messages, 'key Pictures that patients text'],
    's3:DeleteObject': ['arn:aws:s3:::frontdesk-media-222222222222-us-east-1/*'],
    's3:PutObject': ['arn:aws:s3:::frontdesk-media-222222222222-us-east-1/*'],
  },
  payments: consumer('payments', ['conversation', 'messaging']),
  api: {
    'kms:Decrypt': messages,
    'kms:GenerateDataKey': messages,
    'sqs:GetQueueUrl': [queue('messaging')],
    'sqs:SendMessage': [queue('messaging')],
  },
};

const ownSecrets: Record<string, string[]> = {
  'webhook-ingress': ['frontdesk/webhook-ingress/database-url', 'frontdesk/webhook-ingress/providers'],
  'conversation-worker': ['frontdesk/conversation-worker/database-url'],
  'messaging-worker': [
    'frontdesk/messaging-worker/database-url',
    'frontdesk/messaging-worker/providers',
    'frontdesk/redis-url',
  ],
  payments: ['frontdesk/payments/database-url', 'frontdesk/payments/providers', 'frontdesk/redis-url'],
  api: ['frontdesk/api/database-url', 'frontdesk/api/providers'],
};

/** Those that the load balancer reaches. */
const isPublic = (name: string) => name in routes;

describe.each(cases)('%s in AWS', (name, definition) => {
  const template = all.template(name);
  const service = container(template, 'service');
  const plain = new Map((service.Environment ?? []).map(({ Name, Value }) => [Name, resolve(template, Value)]));
  const secret = (service.Secrets ?? []).map(({ Name }) => Name);
  const settings = settingsOf(definition.schema);

  it('is given no setting that it does not know', () => {
    const known = settings.map((setting) => setting.name);
    expect([...plain.keys(), ...secret].filter((setting) => !known.includes(setting))).toEqual([]);
  });

  it('is given what is secret by reference, and the rest readably', () => {
    const isSecret = new Set(settings.filter((setting) => setting.secret).map((setting) => setting.name));
    expect(secret.filter((setting) => !isSecret.has(setting))).toEqual([]);
    expect([...plain.keys()].filter((setting) => isSecret.has(setting))).toEqual([]);
  });

  it('is given all that production needs, and nothing that it refuses', async () => {
    const values = Object.fromEntries([...plain].map(([setting, value]) => [setting, withRealDomain(String(value))]));
    expect(values['FRONTDESK_ENV']).toBe('production');
    await expect(loadConfig(definition.schema, { ...values, ...secretsByShape(secret) })).resolves.toBeDefined();
  });

  it('may do exactly this while it runs', () => {
    expect(rightsOf(template, 'TaskRole', resolve)).toEqual({ ...taskRights[name], ...telemetry(name) });
  });

  it('is started with its own image, log and secrets and no others', () => {
    expect(rightsOf(template, 'StartRole', resolve)).toEqual({
      'ecr:BatchCheckLayerAvailability': [`repository frontdesk/${name}`],
      'ecr:BatchGetImage': [`repository frontdesk/${name}`],
      'ecr:GetAuthorizationToken': ['*'],
      'ecr:GetDownloadUrlForLayer': [`repository frontdesk/${name}`],
      'kms:Decrypt': ['key Data and secrets of Frontdesk'],
      'logs:CreateLogStream': [`loggroup /frontdesk/${name}/logs`],
      'logs:PutLogEvents': [`loggroup /frontdesk/${name}/logs`],
      'secretsmanager:GetSecretValue': ownSecrets[name]?.map((id) => `secret ${id}`),
    });
  });

  it('cannot write to its disk, is not root, and has no rights of the kernel', () => {
    for (const each of [service, container(template, 'collector')]) {
      expect(each).toMatchObject({ ReadonlyRootFilesystem: true });
      expect(String(each['User'])).toMatch(/^[1-9]/);
    }
    expect(service).toMatchObject({ LinuxParameters: { Capabilities: { Drop: ['ALL'] } } });
  });

  it('is asked for its health, and has the time to stop: a turn of 12 s within the 25 s that it takes at most', () => {
    expect(service).toMatchObject({
      HealthCheck: { Command: expect.arrayContaining([expect.stringContaining('/health')]) },
    });
    expect(service['StopTimeout']).toBeGreaterThan(25 + 12);
    expect(service['StopTimeout']).toBeLessThanOrEqual(120);
  });

  it('is rolled out beside the old tasks, as many as there are, and rolled back when it fails', () => {
    expect(onlyOne(template, 'AWS::ECS::Service')).not.toHaveProperty('DesiredCount');
    expect(onlyOne(template, 'AWS::ECS::Service')).toMatchObject({
      DeploymentConfiguration: {
        DeploymentCircuitBreaker: { Enable: true, Rollback: true },
        MinimumHealthyPercent: 100,
        MaximumPercent: 200,
      },
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED' } },
    });
  });

  it('grows with its work, between the sizes of its environment', () => {
    const { minTasks, maxTasks } = environment.services[name];
    const target = onlyOne(template, 'AWS::ApplicationAutoScaling::ScalableTarget');
    expect(target).toMatchObject({ MinCapacity: minTasks, MaxCapacity: maxTasks });
    const policies = JSON.stringify(template.findResources('AWS::ApplicationAutoScaling::ScalingPolicy'));
    const expected = isPublic(name) ? 'ALBRequestCountPerTarget' : 'waiting / running';
    expect(policies).toContain(expected);
  });

  it('has these resources, and no rule or right that belongs to others', () => {
    const types = Object.values(all.template(name).toJSON().Resources as Record<string, { Type: string }>);
    const own = [
      'AWS::ECS::Service',
      'AWS::ECS::TaskDefinition',
      'AWS::ApplicationAutoScaling::ScalableTarget',
      ...Array<string>(2).fill('AWS::ApplicationAutoScaling::ScalingPolicy'),
      ...['AWS::IAM::ManagedPolicy', 'AWS::IAM::Role', 'AWS::Logs::LogGroup'].flatMap((type) => [type, type]),
    ];
    const door = ['AWS::ElasticLoadBalancingV2::ListenerRule', 'AWS::ElasticLoadBalancingV2::TargetGroup'];
    expect(types.map(({ Type }) => Type).toSorted()).toEqual([...own, ...(isPublic(name) ? door : [])].toSorted());
  });

  it('needs no other stack to be deployed with it', () => {
    const others = all.app.node.children.filter(({ node }) => definitions.some((each) => node.id.endsWith(each.name)));
    const imports = JSON.stringify(template.toJSON()).matchAll(/"Fn::ImportValue":"frontdesk-production-([a-z-]+):/g);
    const from = new Set([...imports].map(([, part]) => part));
    expect(others.map(({ node }) => node.id).filter((id) => from.has(id))).toEqual([]);
    expect([...from].filter((part) => definitions.some((each) => each.name === part))).toEqual([]);
  });
});

describe('the migrations in AWS', () => {
  const template = all.template('migrations');
  const task = container(template, 'migrations');
  const values = Object.fromEntries((task.Environment ?? []).map(({ Name, Value }) => [Name, String(Value)]));
  const secret = (task.Secrets ?? []).map(({ Name }) => Name);
  const settings = settingsOf(migrationSchema);

  it('are given settings that they know, and what is secret by reference', () => {
    const known = settings.map((setting) => setting.name);
    const isSecret = new Set(settings.filter((setting) => setting.secret).map((setting) => setting.name));
    expect([...Object.keys(values), ...secret].filter((setting) => !known.includes(setting))).toEqual([]);
    expect(Object.keys(values).filter((setting) => isSecret.has(setting))).toEqual([]);
  });

  it('are given the owner, and a login for each service and for operators', async () => {
    expect(secret.toSorted()).toEqual(
      [
        'DATABASE_OWNER',
        'DATABASE_OWNER_PASSWORD',
        'LOGIN_OPERATOR',
        ...services.map((name) => `LOGIN_${name.toUpperCase().replaceAll('-', '_')}`),
      ].toSorted(),
    );
    await expect(loadConfig(migrationSchema, { ...values, ...secretsByShape(secret) })).resolves.toBeDefined();
  });
});

/** The addresses in the repository are examples, which production refuses. */
const withRealDomain = (value: string) => value.replace('.frontdesk.example', '.frontdesk.health');

/** Values as the secrets hold them: of the right shape, and random. */
function secretsByShape(names: readonly string[]): Record<string, string> {
  const random = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');
  const login = () => 'postgresql://app:Vb7Xq2Lm9Rt4Kz8Pw3Ns@frontdesk.internal:5432/frontdesk?sslmode=verify-full';
  const shapes: Record<string, () => string> = {
    DATABASE_URL: login,
    REDIS_URL: () => 'rediss://:Vb7Xq2Lm9Rt4Kz8Pw3Ns@frontdesk.internal:6379',
    TOKEN_KEYS: () => `1:${random()}`,
  };
  return Object.fromEntries(
    names.map((name) => [name, (name.startsWith('LOGIN_') ? login : (shapes[name] ?? random))()]),
  );
}
