import type { SQSClient } from '@aws-sdk/client-sqs';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { startStack, type Stack, type StackOptions } from '@frontdesk/local-stack/stack';
import { createSqs } from '@frontdesk/queue';
import { createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { createPatient, type Patient } from './patient.ts';

/** The whole system, seen from outside: the providers on one side, the rows on the other. */
export type Desk = Stack & {
  rows: TestDatabase['owner'];
  /** To look into the queues, and to send what no service would. */
  sqs: SQSClient;
  /** Other looks at the same rows, such as a service's own. */
  server: TestDatabase;
  /** How many rows there are: `count('from leads where source = $1', 'voice')`. */
  count(from: string, ...values: unknown[]): Promise<number>;
  /** A person with a phone of their own who writes to this clinic (the first one when left out). */
  patient(clinic?: ClinicDefinition): Patient;
  close(): Promise<void>;
};

export type DeskOptions = Omit<StackOptions, 'clinics' | 'given' | 'migrated' | 'durable'> & {
  /** A migrated database; one of its own when left out. It is closed with the desk. */
  server?: TestDatabase;
  /** How the services reach the database, where something stands between. */
  appUrl?: string;
  /** Queues that run already. */
  sqsEndpoint?: string;
};

/** A process per service with queues between them, and one process for all without: to the outside it is the same desk. */
export const modes = ['services', 'one-process'] as const;

/** Waits that keep a test short; other processes take no clock. */
const shortWaits = {
  all: { LOG_LEVEL: 'warn', SWEEP_EVERY_MS: '500', QUEUE_VISIBILITY_SECONDS: '2' },
  // What the carrier gave up on while a busy machine started a service is soon read from its log.
  'webhook-ingress': { RECOVER_EVERY_MS: '2000' },
  'conversation-worker': {
    BURST_QUIET_MS: '0',
    UNANSWERED_AFTER_MS: '2000',
    CALL_DECISION_MS: '300',
    TURN_LEASE_MS: '1500',
  },
  'messaging-worker': {
    SEND_RETRY_BASE_MS: '200',
    SEND_RETRY_CAP_MS: '1000',
    SEND_TIMEOUT_MS: '1500',
    // Beyond SEND_TIMEOUT_MS it is the time from the claim to the call, of which a busy machine needs much.
    RECONCILE_AFTER_MS: '3500',
    UNKNOWN_AFTER_MS: '5500',
  },
} as const;

let people = 0;

/** Starts the system on a database of its own. */
export async function openDesk(clinics: readonly ClinicDefinition[], options: DeskOptions = {}): Promise<Desk> {
  const { server: given, appUrl, sqsEndpoint, ...stackOptions } = options;
  const server = given ?? (await createTestDatabase());
  const { environment: own = {} } = options;
  const stack = await startStack({
    readyWithinMs: 90_000, // a busy machine is no failure
    ...stackOptions,
    clinics,
    environment: {
      ...own,
      all: { ...shortWaits.all, ...own.all },
      'webhook-ingress': { ...shortWaits['webhook-ingress'], ...own['webhook-ingress'] },
      'conversation-worker': { ...shortWaits['conversation-worker'], ...own['conversation-worker'] },
      'messaging-worker': { ...shortWaits['messaging-worker'], ...own['messaging-worker'] },
    },
    given: {
      database: { adminUrl: server.adminUrl, appUrl: appUrl ?? server.appUrl },
      ...(sqsEndpoint !== undefined && { sqsEndpoint }),
    },
    migrated: true,
    durable: false,
  }).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  const sqs = createSqs({ endpoint: stack.sqsEndpoint, region: 'us-east-1' });
  return {
    ...stack,
    rows: server.owner,
    sqs,
    server,
    async count(from, ...values) {
      const { rows } = await server.owner.query<{ n: number }>(`select count(*)::int as n ${from}`, values);
      return rows[0]?.n ?? 0;
    },
    patient: (clinic = clinics[0]) => {
      if (clinic === undefined) throw new Error('a desk without a clinic has no patients');
      people += 1;
      return createPatient({ stack, clinic, number: `+1602${String(2_000_000 + people)}` });
    },
    async close() {
      sqs.destroy();
      await stack.stop();
      await server.close();
    },
  };
}
