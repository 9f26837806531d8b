import type { Id, Logger } from '@frontdesk/kernel';

/** The row that is due; the row itself says what is to be done, and whether it still is. */
export type DueRow = { orgId: Id; id: Id };

/** Postgres by default; Redis when the service is given one. */
export type AlarmConnection = { databaseUrl: string; role: string } | { redisUrl: string };

export type AlarmsOptions = {
  service: string;
  connection: AlarmConnection;
  handlers: Readonly<Record<string, (row: DueRow) => Promise<void>>>;
  logger: Logger;
};

export type Alarms = {
  /** Rings at `dueAt`. Arming the same moment twice rings once. Never rejects: the row is the truth, and a sweep finds it. */
  arm(kind: string, row: DueRow, dueAt: Temporal.Instant): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

export function createAlarms(_options: AlarmsOptions): Alarms {
  throw new Error('pending');
}
