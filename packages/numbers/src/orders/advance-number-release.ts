import type { TenantTransaction } from '@frontdesk/db';
import { PermanentFailure, type PhoneNumber } from '@frontdesk/kernel';
import { carrierOf, nameOf } from '../ensure-profile.ts';
import type { NumberPorts } from '../number-ports.ts';
import { orRefusal } from '../or-refusal.ts';
import type { HostedNumbers } from '../ports.ts';
import { holderOf, isOnItsWayElsewhere } from '../postgres/assign-number.ts';
import { endNumberRelease, readNumberRelease, type NumberRelease } from '../postgres/number-releases.ts';
import type { Advance } from '../registration.ts';

export type ReleasePorts = NumberPorts & {
  /** Null where the desk hosts no numbers. */
  hosted: Pick<HostedNumbers, 'cancel'> | null;
  /** Takes the number out of its campaign; one that is in none is no error. */
  leaveCampaign: (number: PhoneNumber) => Promise<void>;
};

/** Gives back to the carrier what the clinic gave up: first out of its campaign, then the number with its profile. */
export function makeAdvanceNumberRelease(ports: ReleasePorts): Advance {
  const { inTenant, clock, openTask, hosted, leaveCampaign } = ports;

  async function release({
    carrier,
    number,
    numberId,
    profileId,
    origin,
    hostedExternalId,
  }: NumberRelease): Promise<void> {
    if (carrier === 'telnyx') await leaveCampaign(number);
    if (origin !== 'hosted') return carrierOf(ports, carrier).release({ number, numberId, profileId });
    if (hosted === null || hostedExternalId === null) {
      throw new PermanentFailure('The order by which its texts came here is not known.');
    }
    return hosted.cancel(hostedExternalId);
  }

  return async ({ orgId, id }) => {
    const row = await inTenant(orgId, (tx) => readNumberRelease(tx, { orgId, id }));
    if (row === null || row.state !== 'releasing') return { at: null };
    const { number } = row;
    const kept = await inTenant(orgId, (tx) => whyItStays(tx, row));
    const released = kept === null ? await orRefusal(Promise.try(() => release(row))) : new PermanentFailure(kept.why);
    const now = clock();
    await inTenant(orgId, async (tx) => {
      if (!(released instanceof PermanentFailure)) {
        return endNumberRelease(tx, row, { state: 'released', reason: null, now });
      }
      await endNumberRelease(tx, row, { state: 'failed', reason: released.message, now });
      if (kept?.isInUse === true) return;
      const reason =
        kept === null
          ? `The number ${number} is given up, but ${nameOf(row.carrier)} does not take it back and goes on billing it: ${released.message} Give it back in the carrier’s console.`
          : `The number ${number} is given up, and was not given back to ${nameOf(row.carrier)}: ${kept.why} If the clinic has it in an account of its own, give it back there.`;
      await openTask(tx, { orgId, reason, causeKey: `number-stays:${id}`, now });
    });
    return { at: null };
  };
}

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
