import type { ClinicDefinition } from '@frontdesk/local-stack';
import { startStack, type Stack, type StackOptions } from '@frontdesk/local-stack/stack';
import { createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { createPatient, type Patient } from './patient.ts';

/** The whole system, seen from outside: the providers on one side, the rows on the other. */
export type Desk = Stack & {
  rows: TestDatabase['owner'];
  /** A person with a phone of their own who writes to this clinic (the first one when left out). */
  patient(clinic?: ClinicDefinition): Patient;
  close(): Promise<void>;
};

/** Waits that keep a test short; other processes take no clock. */
const shortWaits = {
  all: { LOG_LEVEL: 'warn', SWEEP_EVERY_MS: '500' },
  'conversation-worker': { BURST_QUIET_MS: '0', UNANSWERED_AFTER_MS: '2000', CALL_DECISION_MS: '300' },
  'messaging-worker': {
    SEND_RETRY_BASE_MS: '200',
    SEND_RETRY_CAP_MS: '1000',
    SEND_TIMEOUT_MS: '1500',
    UNKNOWN_AFTER_MS: '4000',
  },
} as const;

let people = 0;

/** Starts the system on a database of its own. */
export async function openDesk(clinics: readonly ClinicDefinition[], options: StackOptions = {}): Promise<Desk> {
  const database = await createTestDatabase();
  const environment: NonNullable<StackOptions['environment']> = {
    ...options.environment,
    all: { ...shortWaits.all, ...options.environment?.all },
    'conversation-worker': { ...shortWaits['conversation-worker'], ...options.environment?.['conversation-worker'] },
    'messaging-worker': { ...shortWaits['messaging-worker'], ...options.environment?.['messaging-worker'] },
  };
  const stack = await startStack({
    ...options,
    clinics,
    environment,
    given: { database: { adminUrl: database.adminUrl, appUrl: database.appUrl } },
    migrated: true,
    durable: false,
  }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  return {
    ...stack,
    rows: database.owner,
    patient: (clinic = clinics[0]) => {
      if (clinic === undefined) throw new Error('a desk without a clinic has no patients');
      people += 1;
      return createPatient({ stack, clinic, number: `+1602555${String(1000 + people)}` });
    },
    async close() {
      await stack.stop();
      await database.close();
    },
  };
}
