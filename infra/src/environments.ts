import type { ServiceName } from '@frontdesk/contracts';

export const environmentNames = ['staging', 'production'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/** How much of Fargate one task of a service gets, and how many run. */
type ServiceSize = {
  /** 1024 are one processor. */
  readonly cpu: number;
  readonly memoryMiB: number;
  readonly minTasks: number;
  readonly maxTasks: number;
};

/** Everything in which staging and production differ. Nothing here is secret. */
export type Environment = {
  readonly name: EnvironmentName;
  /** Each environment has an AWS account of its own, so names need not carry the environment. */
  readonly account: string;
  readonly region: string;
  /** Given, never looked up: synthesis needs no credentials. */
  readonly availabilityZones: readonly string[];
  /** One per zone, or fewer where an outage of a zone may cost the way out. */
  readonly natGateways: number;
  /** Where the providers reach the desk. */
  readonly domain: string;
  /** Of ACM, for `domain`, in `region`. */
  readonly certificateArn: string;
  /** Where a patient lands after paying. */
  readonly paymentReturnUrl: string;
  /** Telnyx's public Ed25519 key, base64; public by nature. */
  readonly telnyxPublicKey: string;
  /** The account at Twilio, where clinics have numbers there; its token is among the secrets, which stay empty without it. */
  readonly twilioAccountSid?: string;
  /** The Call Control application at Telnyx that calls to numbers go to which clinics buy. */
  readonly telnyxConnectionId?: string;
  /** The desk's app at Meta, where clinics are on WhatsApp by Meta itself; its secrets are among the secrets, which stay empty without it. */
  readonly metaAppId?: string;
  /** Who signs the tokens of administrators, for whom they are, and where its keys are: a user pool of Cognito and its app client. */
  readonly admin: { readonly issuer: string; readonly audience: string; readonly jwksUrl: string };
  /** Square's own when left out; staging takes no real money. */
  readonly squareBaseUrl?: string;
  /** An inference profile of Bedrock; `us.` keeps patients' words in the United States. */
  readonly model: { readonly profile: string; readonly regions: readonly string[] };
  readonly database: {
    readonly instanceClass: string;
    readonly storageGiB: number;
    readonly maxStorageGiB: number;
    readonly backupDays: number;
    /** Which login and password the services have; raise it to rotate (README). */
    readonly loginGeneration: number;
  };
  readonly alarms: {
    readonly nodeType: string;
    /** Which password Redis has; raise it to rotate. */
    readonly tokenGeneration: number;
  };
  readonly services: Readonly<Record<ServiceName, ServiceSize>>;
  /** Requests of one address in five minutes. Providers send from few addresses, and in bursts. */
  readonly requestsPerAddress: number;
  readonly logDays: 30 | 90 | 365;
  /** Who is told of alarms; each has to confirm once. */
  readonly alarmEmails: readonly string[];
  /** What an alarm's runbook is below. */
  readonly runbooksUrl: string;
};

const runbooksUrl = 'https://github.com/frontdesk/frontdesk/blob/main/docs/runbooks';
const usRegions = ['us-east-1', 'us-east-2', 'us-west-2'];

const staging: Environment = {
  name: 'staging',
  account: '111111111111',
  region: 'us-east-1',
  availabilityZones: ['us-east-1a', 'us-east-1b'],
  natGateways: 1,
  domain: 'hooks.staging.frontdesk.example',
  certificateArn: 'arn:aws:acm:us-east-1:111111111111:certificate/00000000-0000-4000-8000-000000000001',
  paymentReturnUrl: 'https://pay.staging.frontdesk.example/thanks',
  telnyxPublicKey: 'c3RhZ2luZy1wdWJsaWMta2V5LW9mLXRlbG55eC0zMmI=',
  admin: cognito('us-east-1', 'us-east-1_staging00', '0000000000000000000staging'),
  squareBaseUrl: 'https://connect.squareupsandbox.com',
  model: { profile: 'us.anthropic.claude-haiku-5-5', regions: usRegions },
  database: {
    instanceClass: 't4g.medium',
    storageGiB: 50,
    maxStorageGiB: 200,
    backupDays: 14,
    loginGeneration: 1,
  },
  alarms: { nodeType: 'cache.t4g.small', tokenGeneration: 1 },
  services: {
    'webhook-ingress': { cpu: 512, memoryMiB: 1024, minTasks: 2, maxTasks: 3 },
    'conversation-worker': { cpu: 512, memoryMiB: 1024, minTasks: 1, maxTasks: 3 },
    'messaging-worker': { cpu: 512, memoryMiB: 1024, minTasks: 1, maxTasks: 3 },
    payments: { cpu: 512, memoryMiB: 1024, minTasks: 1, maxTasks: 2 },
    api: { cpu: 512, memoryMiB: 1024, minTasks: 1, maxTasks: 2 },
  },
  requestsPerAddress: 20_000,
  logDays: 30,
  alarmEmails: ['staging-alarms@frontdesk.example'],
  runbooksUrl,
};

const production: Environment = {
  name: 'production',
  account: '222222222222',
  region: 'us-east-1',
  availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'],
  natGateways: 3,
  domain: 'hooks.frontdesk.example',
  certificateArn: 'arn:aws:acm:us-east-1:222222222222:certificate/00000000-0000-4000-8000-000000000002',
  paymentReturnUrl: 'https://pay.frontdesk.example/thanks',
  telnyxPublicKey: 'cHJvZHVjdGlvbi1rZXktb2YtdGVsbnl4LTMyLWJ5dGU=',
  admin: cognito('us-east-1', 'us-east-1_product00', '000000000000000000production'),
  model: { profile: 'us.anthropic.claude-haiku-5-5', regions: usRegions },
  database: {
    instanceClass: 'm7g.large',
    storageGiB: 200,
    maxStorageGiB: 2_000,
    backupDays: 35,
    loginGeneration: 1,
  },
  alarms: { nodeType: 'cache.t4g.medium', tokenGeneration: 1 },
  services: {
    'webhook-ingress': { cpu: 1024, memoryMiB: 2048, minTasks: 3, maxTasks: 6 },
    'conversation-worker': { cpu: 1024, memoryMiB: 2048, minTasks: 2, maxTasks: 12 },
    'messaging-worker': { cpu: 1024, memoryMiB: 2048, minTasks: 2, maxTasks: 8 },
    payments: { cpu: 512, memoryMiB: 1024, minTasks: 2, maxTasks: 4 },
    api: { cpu: 512, memoryMiB: 1024, minTasks: 2, maxTasks: 4 },
  },
  requestsPerAddress: 100_000,
  logDays: 365,
  alarmEmails: ['alarms@frontdesk.example'],
  runbooksUrl,
};

export const environments: Readonly<Record<EnvironmentName, Environment>> = { staging, production };

/** How Cognito presents itself to whoever holds its tokens against its keys. */
function cognito(region: string, pool: string, client: string): Environment['admin'] {
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${pool}`;
  return { issuer, audience: client, jwksUrl: `${issuer}/.well-known/jwks.json` };
}
