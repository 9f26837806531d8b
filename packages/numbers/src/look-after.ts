import type { TenantTransaction } from '@frontdesk/db';
import { failpoint, fullJitter, type Clock, type Id, type Logger, type Random } from '@frontdesk/kernel';
import type { CloseTasks, OpenTask } from './number-ports.ts';
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

  async function look(taken: TakenRegistration): Promise<Look> {
    const advance = advances[taken.subject];
    // A version that does not know the subject leaves it to those that do.
    if (advance === undefined) return inVain(taken, `nobody here brings ${taken.subject} forward`);
    try {
      const { at, externalId }: NextLook = await advance(taken);
      return { next: at, tries: 0, error: null, ...(externalId !== undefined && { externalId }) };
    } catch (error) {
      logger.warn({ ...idsOf(taken), error }, 'a registration was left for another look');
      return inVain(taken, error instanceof Error ? error.message : 'unknown');
    }
  }

  function inVain({ tries }: TakenRegistration, error: string): Look {
    const wait = fullJitter(Math.min(tries, 20) + 1, retry, random);
    return { next: clock().add({ milliseconds: wait }), tries: Math.min(tries + 1, 1_000), error: error.slice(0, 500) };
  }

  return async ({ orgId, id }) => {
    const now = clock();
    const taken = await inTenant(orgId, (tx) => takeRegistration(tx, { orgId, id, now, leasedUntil: now.add(lease) }));
    if (taken === null) return;
    failpoint('registration.after-take');
    const looked = await look(taken);
    failpoint('registration.after-look');
    const ended = clock();
    const dueAt = await inTenant(orgId, async (tx) => {
      const isStuck = looked.tries === triesBeforeStaff;
      if (isStuck || looked.error === null) await closeTasks(tx, { orgId, causes: stuckCause(taken), now: ended });
      if (isStuck) await openTask(tx, stuck(taken, looked, ended));
      return endLook(tx, taken, { ...looked, now: ended });
    });
    const outcome = looked.error !== null ? 'in-vain' : looked.next === null ? 'settled' : 'waiting';
    onLook({ subject: taken.subject, outcome });
    if (dueAt !== null) await arm({ orgId, id }, dueAt);
  };
}

const stuckCause = ({ id }: Pick<TakenRegistration, 'id'>) => `registration-stuck:${id}`;

function stuck(taken: TakenRegistration, { error }: Look, now: Temporal.Instant) {
  const { orgId, subject, provider } = taken;
  const reason = `Something that ${provider} is to bring about (${subject}) has been tried in vain for about an hour: ${error ?? ''}. The desk goes on trying; ask for help if nothing changes within a day.`;
  return { orgId, reason, causeKey: `${stuckCause(taken)}:${now.epochMilliseconds}`, now };
}

function idsOf({ orgId, id, subject }: TakenRegistration) {
  return { orgId, id, subject };
}
