import { toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { openHostedStates } from '../hosted/hosted-state.ts';
import { openOrderStates } from '../orders/order-state.ts';

/** Something that a provider still has of a clinic that has left. `words` say what is so, or what an operator does. */
export type LeftAtProvider = {
  what: 'number' | 'number-order' | 'hosted-order' | 'whatsapp-sender' | 'campaign';
  id: Id;
  /** The number, or what the provider calls it. */
  name: string;
  state: string;
  words: string;
  since: Temporal.Instant;
  /** The desk is at it; nobody has to do anything. */
  isOnItsWay: boolean;
};

const onItsWay = 'The desk is ending it; look again in a minute.';
const inVain = 'The desk tries to end it, and goes on. The last time it could not: ';

type Row = Omit<LeftAtProvider, 'since' | 'words'> & { words: string | null; fault: string | null; since: Date };

/** What providers still have of the clinic, and perhaps bill. */
export async function whatIsLeft(tx: TenantTransaction, orgId: Id): Promise<LeftAtProvider[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select l.*, g.last_error as fault from (
    select 'number' as what, id, e164 as name, state, state_at as since, state in ('releasing', 'leaving') as "isOnItsWay",
      case state when 'failed' then 'The carrier still has it: ' || coalesce(reason, '') || ' Give it back in its console.'
        when 'kept' then 'It is still in the desk’s account. Let its new carrier port it out, or give it back in the console.' end as words
    from (select distinct on (e164) * from number_releases
      where org_id = ${orgId}::uuid and cause = 'clinic-left' order by e164, created_at desc) newest
    where state <> 'released'
    union all
    select 'number-order', id, e164, state, state_at, true, null from number_orders
    where org_id = ${orgId}::uuid and state = any(${openOrderStates}::text[])
    union all
    select 'hosted-order', id, e164, state, state_at, true, null from hosted_orders
    where org_id = ${orgId}::uuid and state = any(${openHostedStates}::text[])
    union all
    select 'whatsapp-sender', id, e164, state, state_at, true, null from whatsapp_senders
    where org_id = ${orgId}::uuid and step <> 'left'
    union all
    select 'campaign', id, coalesce(external_id, id::text), state, state_at, stays_because is null,
      case when stays_because is not null then 'The registry bills it each month, and does not end it: ' || stays_because
        || ' End it in Telnyx’s portal, under messaging, 10DLC.' end
    from tendlc_campaigns
    where org_id = ${orgId}::uuid and (external_id is not null or asked_at is not null) and state <> 'expired'
      and status is distinct from 'TCR_FAILED'
    union all
    select 'campaign', r.id, p.profile_id, 'ending', r.created_at, p.campaigns_stay_because is null,
      case when p.campaigns_stay_because is not null then 'Twilio bills the campaign of this Messaging Service each month, and does not end it: '
        || p.campaigns_stay_because || ' End it in Twilio’s console, under messaging, regulatory compliance.' end
    from registrations r join carrier_profiles p on p.org_id = r.org_id and p.carrier = 'twilio'
    where r.org_id = ${orgId}::uuid and r.subject = 'twilio-campaign' and r.due_at is not null
    ) l left join registrations g on g.org_id = ${orgId}::uuid and g.id = l.id
    order by l.what, l.name`;
  return rows.map(({ since, words, fault, ...row }) => ({
    ...row,
    words: words ?? (fault === null ? onItsWay : `${inVain}${fault}`),
    since: toInstant(since),
  }));
}
