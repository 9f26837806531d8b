import { recordAudit, type TenantTransaction } from '@frontdesk/db';
import { PermanentFailure, TransientFailure, type Clock, type Id } from '@frontdesk/kernel';
import { worker, type InTenant, type OpenTask } from '../number-ports.ts';
import type { TenDlcRegistry } from '../ports.ts';
import type { Registration } from '../registration.ts';

/** What brings brands, campaigns and their numbers forward. */
export type TenDlcPorts = {
  inTenant: InTenant;
  registry: TenDlcRegistry;
  openTask: OpenTask;
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

/** So many looks in vain, which take some ten minutes, are worth waiting for a list that lags behind. */
const looksUntilListed = 10;

/**
 * Submits what the registry does not have by our reference. It may say no because it has it from a try whose answer was lost,
 * and which its list does not show yet: so after a no it is looked up again, and later once more.
 * @throws TransientFailure while the no may be about an earlier try
 */
export async function findOrSubmit<Standing>(
  { tries }: Pick<Registration, 'tries'>,
  find: () => Promise<Standing | null>,
  submit: () => Promise<Standing>,
): Promise<Heard<Standing>> {
  const found = await find();
  if (found !== null) return { standing: found, no: null };
  const heard = await ask(submit, find);
  if (heard.standing !== null) return { ...heard, no: null };
  if (tries > 0 && tries < looksUntilListed) {
    // Its words may quote what was submitted, which is nothing for a log.
    throw new TransientFailure('the registry says no, perhaps because of an earlier try');
  }
  return heard;
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
