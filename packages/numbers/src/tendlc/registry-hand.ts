import { recordAudit, type TenantTransaction } from '@frontdesk/db';
import { Declined, PermanentFailure, TransientFailure, type Clock, type Id } from '@frontdesk/kernel';
import { orRefusal } from '../or-refusal.ts';
import { worker, type CloseTasks, type InTenant, type OpenTask } from '../number-ports.ts';
import type { TenDlcRegistry } from '../ports.ts';
import type { Registration } from '../registration.ts';

/** What brings brands, campaigns and their numbers forward. */
export type TenDlcPorts = {
  inTenant: InTenant;
  registry: TenDlcRegistry;
  openTask: OpenTask;
  closeTasks: CloseTasks;
  clock: Clock;
};

/** Where something is at the registry, and its final no to what it was asked for just now, in words for people. */
export type Heard<Standing> = { standing: Standing | null; no: string | null };

/** Asks for something. After a no, `read` tells where it is all the same. */
export async function ask<Standing>(
  question: () => Promise<Standing | null>,
  read: () => Promise<Standing | null> = async () => null,
): Promise<Heard<Standing>> {
  try {
    return { standing: await question(), no: null };
  } catch (error) {
    if (!(error instanceof PermanentFailure)) throw error;
    return { standing: await read(), no: error.message };
  }
}

/** A list that lags behind is worth waiting for so long, or for so many looks, which take as long. */
const untilListed = Temporal.Duration.from({ minutes: 10 });
const looksUntilListed = 10;

/** Whether the registry may have taken it when it was asked last, though its list does not show it. */
export function mayBeUnlisted(askedAt: Temporal.Instant | null, now: Temporal.Instant): boolean {
  return askedAt !== null && Temporal.Instant.compare(now, askedAt.add(untilListed)) < 0;
}

/**
 * Submits what the registry does not have by our reference. An earlier try may have come through though its answer was lost, and
 * the list may not show it yet: for a while nothing is submitted then, since the registry takes a second brand and its fee, too.
 * @throws TransientFailure during that while
 */
export async function findOrSubmit<Standing>(
  {
    askedAt,
    now,
    ...looked
  }: { askedAt: Temporal.Instant | null; now: Temporal.Instant } & Pick<Registration, 'isUnservedForLong'>,
  {
    find,
    noteAsked,
    submit,
  }: {
    find: () => Promise<Standing | null>;
    /** Null: the registry did not take it. */
    noteAsked: (at: Temporal.Instant | null) => Promise<void>;
    submit: () => Promise<Standing>;
  },
): Promise<Heard<Standing>> {
  const found = await find();
  if (found !== null) return { standing: found, no: null };
  if (mayBeUnlisted(askedAt, now)) {
    throw new TransientFailure('the registry may have it from an earlier try, and does not show it yet');
  }
  await noteAsked(now);
  const submitted = async () => {
    try {
      return await submit();
    } catch (error) {
      if (error instanceof Declined) await noteAsked(null);
      throw error;
    }
  };
  const heard = await ask(async () => {
    const standing = await orRefusal(submitted(), looked);
    if (standing instanceof PermanentFailure) throw standing;
    return standing;
  }, find);
  return heard.standing === null ? heard : { ...heard, no: null };
}

/**
 * Reads what the registry is known to have. That it has it no more is believed after as many looks as a lagging list gets: an end
 * costs a fee and days, and what was taken in just now, or a fault of a minute, looks the same.
 * @throws TransientFailure until then
 */
export async function readKnown<Standing>(
  { tries }: Pick<Registration, 'tries'>,
  read: () => Promise<Standing | null>,
): Promise<Standing | null> {
  const standing = await read();
  if (standing !== null || tries >= looksUntilListed) return standing;
  throw new TransientFailure('the registry does not show what it is known to have');
}

/** Between two looks at what stands: events of the registry may be lost. */
export const standingLook = Temporal.Duration.from({ hours: 24 });

export async function noteMove(
  tx: TenantTransaction,
  { orgId, id, subject, state, now }: { orgId: Id; id: Id; subject: string; state: string; now: Temporal.Instant },
): Promise<void> {
  const details = { state };
  await recordAudit(tx, {
    orgId,
    actor: worker,
    action: `${subject} moved`,
    subject: { type: subject, id },
    at: now,
    details,
  });
}
