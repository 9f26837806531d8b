import type { TenantTransaction } from '@frontdesk/db';
import { PermanentFailure, type PhoneNumber } from '@frontdesk/kernel';
import { carrierOf, nameOf } from '../ensure-profile.ts';
import type { NumberPorts } from '../number-ports.ts';
import { orRefusal } from '../or-refusal.ts';
import type { HostedNumbers } from '../ports.ts';
import { holderOf, isOnItsWayElsewhere } from '../postgres/assign-number.ts';
import { moveNumberRelease, readNumberRelease, type NumberRelease } from '../postgres/number-releases.ts';
import type { Advance, NextLook } from '../registration.ts';

export type ReleasePorts = NumberPorts & {
  /** Null where the desk hosts no numbers. */
  hosted: Pick<HostedNumbers, 'cancel'> | null;
  /** Takes the number out of its campaign; one that is in none is no error. */
  leaveCampaign: (number: PhoneNumber) => Promise<void>;
};

/** What the carrier does not take back is offered to it again: somebody may have given it back in its console. */
const beforeGivingBackAgain = Temporal.Duration.from({ hours: 24 });

/** Gives back to the carrier what the clinic gave up: first out of its campaign, then the number with its profile. */
export function makeAdvanceNumberRelease(ports: ReleasePorts): Advance {
  const { inTenant, clock, openTask, hosted, leaveCampaign } = ports;

  async function giveBack(row: NumberRelease): Promise<void> {
    const { carrier, number, numberId, profileId, origin, hostedExternalId, state } = row;
    if (carrier === 'telnyx') await leaveCampaign(number);
    if (state === 'leaving') return;
    if (origin !== 'hosted') return carrierOf(ports, carrier).release({ number, numberId, profileId });
    if (hosted === null || hostedExternalId === null) {
      throw new PermanentFailure('The order by which its texts came here is not known.');
    }
    return hosted.cancel(hostedExternalId);
  }

  async function stays(
    row: NumberRelease,
    { state, why, task }: { state: 'failed' | 'kept'; why: string; task: string | null },
  ): Promise<void> {
    const { orgId } = row;
    const now = clock();
    await inTenant(orgId, async (tx) => {
      await moveNumberRelease(tx, row, { state, reason: why, now });
      if (task !== null) await openTask(tx, { orgId, reason: task, causeKey: staysCause(row), now });
    });
  }

  async function look(row: NumberRelease): Promise<NextLook> {
    const { orgId, number, state } = row;
    const at = nameOf(row.carrier);
    const kept = await inTenant(orgId, (tx) => whyItStays(tx, row));
    if (kept !== null) {
      const task = `The number ${number} is given up, and was not given back to ${at}: ${kept.why} If the clinic has it in an account of its own, give it back there.`;
      await stays(row, { state: 'failed', why: kept.why, task: kept.isInUse ? null : task });
      return { at: null, gone: kept.isInUse ? [staysCause(row)] : [] };
    }
    const given = await orRefusal(Promise.try(() => giveBack(row)));
    if (given instanceof PermanentFailure) {
      const task = `The number ${number} is given up, but ${at} does not take it back and goes on billing it: ${given.message} Give it back in the carrier’s console; the desk looks every day whether it is gone.`;
      await stays(row, { state: 'failed', why: given.message, task });
      return { at: clock().add(beforeGivingBackAgain) };
    }
    if (state === 'leaving') {
      const why = 'The clinic brought it along or takes it with it.';
      const task = `The clinic has left, and its number ${number} is still in the desk’s account at ${at}, which bills it. Let its new carrier port it out, or give it back in the console of ${at}.`;
      await stays(row, { state: 'kept', why, task });
      return { at: null };
    }
    await inTenant(orgId, (tx) => moveNumberRelease(tx, row, { state: 'released', reason: null, now: clock() }));
    return { at: null, gone: [staysCause(row)] };
  }

  return async ({ orgId, id }) => {
    const row = await inTenant(orgId, (tx) => readNumberRelease(tx, { orgId, id }));
    if (row === null) return { at: null };
    // Whoever is back has its number again, or knows what is to become of it.
    if (row.state === 'kept') return { at: null, gone: row.clinicLeft ? [] : [staysCause(row)] };
    return row.state === 'released' ? { at: null, gone: [staysCause(row)] } : look(row);
  };
}

const staysCause = ({ id }: NumberRelease) => `number-stays:${id}`;

/** Why the number is not given back. Null: it is. */
async function whyItStays(
  tx: TenantTransaction,
  { orgId, number, numberId, origin }: NumberRelease,
): Promise<{ why: string; isInUse: boolean } | null> {
  // Somebody entered it anew meanwhile: then it is in use, and not ours to give back.
  if ((await holderOf(tx, number)) !== null) {
    return { why: 'It was assigned again before it was given back.', isInUse: true };
  }
  // Without its own id it is looked up by its digits, and what is found may be what somebody else has just bought.
  if (numberId !== null || origin === 'hosted' || !(await isOnItsWayElsewhere(tx, { orgId, number }))) return null;
  return { why: 'Somebody else is getting it there, and nobody can tell theirs from this one.', isInUse: false };
}
