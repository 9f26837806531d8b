import { recordAudit, toDate, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id, type PhoneNumber } from '@frontdesk/kernel';
import { openHostedStates } from '../hosted/hosted-state.ts';
import { lockNumbers } from './clinic-numbers.ts';
import { beginNumberRelease } from './number-releases.ts';
import { whatIsLeft } from './what-is-left.ts';
import { disconnectSender } from './write-senders.ts';

type Leaving = {
  orgId: Id;
  /** Bought numbers that the clinic takes to another carrier: they stay where they are until then. */
  keep: readonly PhoneNumber[];
  actor: string;
  now: Temporal.Instant;
};

export type LeftBehind = { given: PhoneNumber[]; kept: PhoneNumber[] };

/**
 * Ends what providers do for a clinic that leaves, in the owner's transaction that says that it has left: numbers leave its
 * books, open orders and lines are to be ended, senders disconnected, campaigns ended, drafts never handed in. The worker, whose sweep finds
 * them, tells the providers. Done again, it asks for another look at what is not over.
 */
export async function leaveDesk(tx: TenantTransaction, leaving: Leaving): Promise<LeftBehind> {
  const { orgId, actor, now } = leaving;
  const left = await giveUpNumbers(tx, leaving);
  await tx.$executeRaw`
    update hosted_orders set cancel_asked_at = coalesce(cancel_asked_at, ${toDate(now)}::timestamptz)
    where org_id = ${orgId}::uuid and state = any(${openHostedStates}::text[])`;
  await tx.$executeRaw`delete from hosted_documents where org_id = ${orgId}::uuid`;
  const senders = await tx.$queryRaw<{ id: Id }[]>`
    select id from whatsapp_senders where org_id = ${orgId}::uuid and state <> 'disconnected'`;
  for (const { id } of senders) await disconnectSender(tx, { orgId, id, now });
  await withdrawSubmissions(tx, leaving);
  await endTwilioCampaigns(tx, leaving);
  await ringWhatIsNotOver(tx, leaving);
  const subject = { type: 'organization', id: orgId };
  const details = { given: left.given.length, kept: left.kept.length, senders: senders.length };
  await recordAudit(tx, { orgId, actor, action: 'numbers and senders given up', subject, at: now, details });
  return left;
}

/** Bought numbers and hosted lines go back. What was entered by hand is the clinic's own from before, and is not ours to give away. */
async function giveUpNumbers(tx: TenantTransaction, { orgId, keep, actor, now }: Leaving): Promise<LeftBehind> {
  const numbers = await lockNumbers(tx, orgId);
  const isKept = (each: (typeof numbers)[number]) => each.origin === 'entered' || keep.includes(each.number);
  for (const each of numbers) {
    const state = isKept(each) ? 'leaving' : 'releasing';
    const id = newId();
    const release = { ...each, orgId, id, state, cause: 'clinic-left', actor, now } as const;
    if (!(await beginNumberRelease(tx, release))) {
      // An earlier release of it goes on.
      await tx.$executeRaw`delete from phone_numbers where org_id = ${orgId}::uuid and e164 = ${each.number}`;
      continue;
    }
    await tx.$executeRaw`
      insert into registrations (org_id, id, subject, provider, due_at, created_at)
      values (${orgId}::uuid, ${id}::uuid, 'number-release', ${each.carrier}, ${toDate(now)}, ${toDate(now)})`;
  }
  const told = (kept: boolean) => numbers.filter((each) => isKept(each) === kept).map(({ number }) => number);
  return { given: told(false), kept: told(true) };
}

/** What the registry does not have yet costs a fee once it does. */
async function withdrawSubmissions(tx: TenantTransaction, { orgId, now }: Leaving): Promise<void> {
  await tx.$executeRaw`
    update tendlc_campaigns set state = 'draft', state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and state = 'submitted' and external_id is null`;
  await tx.$executeRaw`
    update tendlc_brands set state = 'draft', state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and state = 'submitted' and external_id is null`;
}

/** Nobody here knows whether there are any: the worker looks, once for each time that the clinic leaves. */
async function endTwilioCampaigns(tx: TenantTransaction, { orgId, now }: Leaving): Promise<void> {
  await tx.$executeRaw`
    insert into registrations (org_id, id, subject, provider, due_at, created_at)
    select p.org_id, ${newId()}::uuid, 'twilio-campaign', 'twilio', ${toDate(now)}, ${toDate(now)} from carrier_profiles p
    where p.org_id = ${orgId}::uuid and p.carrier = 'twilio' and not exists (select from registrations r
      where r.org_id = p.org_id and r.subject = 'twilio-campaign')`;
}

/** Whatever a provider still has is looked at once more. */
async function ringWhatIsNotOver(tx: TenantTransaction, { orgId, now }: Leaving): Promise<void> {
  const ids = (await whatIsLeft(tx, orgId)).map(({ id }) => id);
  await tx.$executeRaw`
    update registrations set due_at = ${toDate(now)}, rung = rung + 1, tries = 0
    where org_id = ${orgId}::uuid and id = any(${ids}::uuid[])`;
}
