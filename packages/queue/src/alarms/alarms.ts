import { systemClock, type Clock, type Id, type Logger } from '@frontdesk/kernel';
import { openAlarmClock, type AlarmConnection } from './bullmq-alarm-clock.ts';

/** The row that is due; the row itself says what is to be done, and whether it still is. */
export type DueRow = { orgId: Id; id: Id };

export type AlarmsOptions = {
  service: string;
  connection: AlarmConnection;
  /** What rings, by kind. It may ring twice or for a row that is no longer due. */
  handlers: Readonly<Record<string, (row: DueRow) => Promise<void>>>;
  logger: Logger;
  clock?: Clock;
};

export type Alarms = {
  /** Rings at `dueAt`. Arming the same moment twice rings once. Never rejects: the row is the truth, and a sweep finds it. */
  arm(kind: string, row: DueRow, dueAt: Temporal.Instant): Promise<void>;
  start(): Promise<void>;
  /** Waits for what is ringing. */
  stop(): Promise<void>;
};

/** The alarm clocks of one service, for what is due later than SQS can wait. */
export function createAlarms({ service, connection, handlers, logger, clock = systemClock }: AlarmsOptions): Alarms {
  const alarmClock = openAlarmClock({ name: `frontdesk-${service}`, connection, logger });
  const ring = async (kind: string, row: DueRow) => {
    const handler = handlers[kind];
    if (handler === undefined) throw new Error(`no handler for the alarm ${kind}`);
    await handler(row);
  };
  return {
    async arm(kind, row, dueAt) {
      const delayMs = Math.max(0, dueAt.epochMilliseconds - clock().epochMilliseconds);
      try {
        await alarmClock.set({ id: `${kind}-${row.id}-${dueAt.epochMilliseconds}`, kind, row, delayMs });
      } catch (error) {
        logger.warn({ kind, id: row.id, error }, 'an alarm could not be armed; the sweep will find the row');
      }
    },
    start: () => alarmClock.start(ring),
    stop: () => alarmClock.close(),
  };
}
