import { toInstant, type TenantTransaction } from '@frontdesk/db';
import {
  AccountFailure,
  failpoint,
  fullJitter,
  type Clock,
  type Id,
  type Logger,
  type Random,
} from '@frontdesk/kernel';
import type { CloseTasks, OpenTask } from './number-ports.ts';
import { pollAfter } from './poll-after.ts';
import type { Advance, NextLook, RegistrationSubject } from './registration.ts';
import { endLook, takeRegistration, type Look, type TakenRegistration } from './postgres/take-registration.ts';

export type LookAfterPorts = {
  inTenant: <T>(orgId: Id, work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;
  /** Who brings what forward. */
  advances: Readonly<Partial<Record<RegistrationSubject, Advance>>>;
  /** Longer than the longest look: then the process that had it has died. */
  lease: Temporal.Duration;
  retry: { baseMs: number; capMs: number };
  /** Rings when it is due again; the row is the truth. */
  arm: (row: { orgId: Id; id: Id }, dueAt: Temporal.Instant) => Promise<void>;
  /** Tells staff of what the desk tries in vain for long. */
  openTask: OpenTask;
  closeTasks: CloseTasks;
  /** Told of every look when it is over. */
  onLook?: (look: { subject: RegistrationSubject; outcome: LookOutcome }) => void;
  clock: Clock;
  random: Random;
  logger: Logger;
};

/** settled: nothing more is to be done; waiting: it is looked at again; in-vain: this look failed and another follows. */
export type LookOutcome = 'settled' | 'waiting' | 'in-vain';

/** After so many looks in vain, which take about an hour, staff hear of it. The desk goes on trying. */
const triesBeforeStaff = 20;

/** An account that the provider does not serve is mended by people, if need be after a weekend. Then what can fail does. */
const longestUnserved = Temporal.Duration.from({ hours: 72 });

type Task = { reason: string; causeKey: string };
/** What came of a look, and what staff hear of it. */
type Looked = Look & { task: Task | null; gone: readonly string[] };

/** Looks at a registration that is due, in no transaction. Queue, alarms and sweep come here; one of them gets the lease. */
export type LookAfter = (row: { orgId: Id; id: Id }) => Promise<void>;

export function makeLookAfter(ports: LookAfterPorts): LookAfter {
  const {
    inTenant,
    advances,
    lease,
    retry,
    arm,
    openTask,
    closeTasks,
    onLook = () => {},
    clock,
    random,
    logger,
  } = ports;

  async function look(taken: TakenRegistration): Promise<Looked> {
    const advance = advances[taken.subject];
    // A version that does not know the subject leaves it to those that do.
    if (advance === undefined) return inVain(taken, new Error(`nobody here brings ${taken.subject} forward`));
    try {
      const { at, externalId, gone = [] }: NextLook = await advance({ ...taken, isUnservedForLong: isLong(taken) });
      const found = { ...(externalId !== undefined && { externalId }), gone };
      return { next: at, tries: 0, error: null, unservedSince: null, task: null, ...found };
    } catch (error) {
      logger.warn({ ...idsOf(taken), error }, 'a registration was left for another look');
      return inVain(taken, error);
    }
  }

  function inVain(taken: TakenRegistration, thrown: unknown): Looked {
    const now = clock();
    const tries = Math.min(taken.tries + 1, 1_000);
    const error = thrown instanceof Error ? thrown.message.slice(0, 500) : 'unknown';
    const known = taken.unservedSince === null ? null : toInstant(taken.unservedSince);
    if (thrown instanceof AccountFailure) {
      const unservedSince = known ?? now;
      const task = accountTask(taken, error, now);
      return { next: pollAfter(unservedSince, now), tries, error, unservedSince, task, gone: [] };
    }
    const wait = fullJitter(Math.min(taken.tries, 20) + 1, retry, random);
    const task = tries === triesBeforeStaff ? stuckTask(taken, error, now) : null;
    return { next: now.add({ milliseconds: wait }), tries, error, unservedSince: known, task, gone: [] };
  }

  function isLong({ unservedSince }: TakenRegistration): boolean {
    if (unservedSince === null) return false;
    return Temporal.Instant.compare(toInstant(unservedSince).add(longestUnserved), clock()) <= 0;
  }

  return async ({ orgId, id }) => {
    const now = clock();
    const taken = await inTenant(orgId, (tx) => takeRegistration(tx, { orgId, id, now, leasedUntil: now.add(lease) }));
    if (taken === null) return;
    failpoint('registration.after-take');
    const { task, gone, ...looked } = await look(taken);
    failpoint('registration.after-look');
    const ended = clock();
    const dueAt = await inTenant(orgId, async (tx) => {
      if (task !== null || looked.error === null) {
        const but = task === null ? {} : { but: task.causeKey };
        await closeTasks(tx, { orgId, causes: `${stuckCause(taken)}:`, ...but, now: ended });
      }
      for (const causes of gone) await closeTasks(tx, { orgId, causes, now: ended });
      if (task !== null) await openTask(tx, { orgId, ...task, now: ended });
      return endLook(tx, taken, { ...looked, now: ended });
    });
    const outcome = looked.error !== null ? 'in-vain' : looked.next === null ? 'settled' : 'waiting';
    onLook({ subject: taken.subject, outcome });
    if (dueAt !== null) await arm({ orgId, id }, dueAt);
  };
}

const stuckCause = ({ id }: Pick<TakenRegistration, 'id'>) => `registration-stuck:${id}`;

function stuckTask(taken: TakenRegistration, error: string, now: Temporal.Instant): Task {
  const reason = `Something that ${taken.provider} is to bring about (${taken.subject}) has been tried in vain for about an hour: ${error}. The desk goes on trying; ask for help if nothing changes within a day.`;
  return { reason, causeKey: `${stuckCause(taken)}:${now.epochMilliseconds}` };
}

/** One for each day on which it holds, in the place of that of the day before. */
function accountTask(taken: TakenRegistration, error: string, now: Temporal.Instant): Task {
  const reason = `Something that ${taken.provider} is to bring about (${taken.subject}) waits, and nothing that the clinic gave is wrong. ${error} The desk tries it again within the hour; what is only to be bought, ordered or connected fails after three days.`;
  return { reason, causeKey: `${stuckCause(taken)}:account:${now.toString().slice(0, 10)}` };
}

function idsOf({ orgId, id, subject }: TakenRegistration) {
  return { orgId, id, subject };
}
