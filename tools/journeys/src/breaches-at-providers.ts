import type { WebhookDelivery } from '@frontdesk/simulators';
import type { Desk } from './desk.ts';

/** What the providers saw, held against the rows. */
export async function breachesAtProviders(desk: Desk): Promise<string[]> {
  const found = await Promise.all([wrongTexts(desk), wrongLinks(desk), wrongPayments(desk), lostWebhooks(desk)]);
  return found.flat();
}

type KnownAttempt = {
  id: string;
  message_id: string;
  state: string;
  outcome: string | null;
  numbers: string[];
  provider_message_id: string | null;
};

/** What the carriers accepted, by the row that each attempt belongs to. */
async function wrongTexts({ rows, simulators }: Desk): Promise<string[]> {
  // The carriers are asked first: what it has by now must already stand in the rows.
  const bySms = [...simulators.telnyx.accepted, ...simulators.twilio.accepted].map(({ webhookUrl, from }) => ({
    attempt: webhookUrl === null ? null : new URL(webhookUrl).searchParams.get('attempt'),
    from,
  }));
  const byMeta = simulators.meta.accepted.map(({ callbackData, from }) => ({ attempt: callbackData, from }));
  const left = [...bySms, ...byMeta];
  const known = await rows.query<KnownAttempt>(
    `select a.id, a.message_id, a.outcome, m.state, m.provider_message_id, array(select n.e164 from phone_numbers n where n.org_id = a.org_id
       union select s.e164 from whatsapp_senders s where s.org_id = a.org_id) as numbers
     from send_attempts a join outbound_messages m on m.org_id = a.org_id and m.id = a.message_id`,
  );
  const byId = new Map(known.rows.map((attempt) => [attempt.id, attempt]));
  const erased = new Set((await rows.query<{ id: string }>('select id from erased_ids')).rows.map(({ id }) => id));
  const breaches: string[] = [];
  const times = new Map<string, number>();
  for (const { attempt: id, from } of left) {
    const attempt = byId.get(id ?? '');
    if (id !== null && erased.has(id)) continue; // its person was erased since
    if (attempt === undefined) {
      breaches.push('the carrier took a text that no attempt accounts for');
      continue;
    }
    if (!attempt.numbers.includes(from))
      breaches.push(`the text ${attempt.message_id} left from another clinic's number`);
    times.set(attempt.message_id, (times.get(attempt.message_id) ?? 0) + 1);
    if (
      attempt.state === 'queued' ||
      attempt.state === 'suppressed' ||
      (attempt.state === 'failed' && attempt.provider_message_id === null)
    ) {
      breaches.push(`the carrier took the text ${attempt.message_id}, which counts as ${attempt.state}`);
    }
  }
  for (const [message, n] of times) if (n > 1) breaches.push(`the text ${message} left ${n} times`);
  const taken = new Set(left.map(({ attempt }) => attempt));
  for (const { id, message_id, outcome } of known.rows) {
    if (outcome === 'accepted' && !taken.has(id)) breaches.push(`the carrier never took the text ${message_id}`);
  }
  return breaches;
}

async function wrongLinks({ rows, simulators }: Desk): Promise<string[]> {
  const links = Map.groupBy(simulators.square.links, ({ order }) => order.reference_id ?? 'no deposit');
  const breaches = [...links]
    .filter(([, made]) => made.length > 1)
    .map(([id]) => `two payment links for deposit ${id}`);
  const known = await rows.query<{ id: string; state: string }>(
    'select id, state from deposits where square_link_id is not null',
  );
  for (const { id, state } of known.rows) {
    const [link] = links.get(id) ?? [];
    if (link === undefined) breaches.push(`Square has no link of deposit ${id}`);
    else if (['expired', 'cancelled'].includes(state) && !link.deleted) {
      breaches.push(`the link of deposit ${id}, which is ${state}, still takes money`);
    }
  }
  return breaches;
}

/** Money that Square took stands in the ledger, once, to the cent. */
async function wrongPayments({ rows, simulators }: Desk): Promise<string[]> {
  const completed = simulators.square.payments.filter(({ status }) => status === 'COMPLETED');
  const { rows: entries } = await rows.query<{ square_payment_id: string; amount_cents: number }>(
    `select square_payment_id, amount_cents from ledger_entries where kind = 'captured'`,
  );
  const entered = new Map(entries.map(({ square_payment_id: id, amount_cents: cents }) => [id, cents]));
  const missing = completed.filter(({ id, total_money: { amount } }) => entered.get(id) !== amount);
  const paid = new Set(completed.map(({ id }) => id));
  const invented = entries.filter(({ square_payment_id: id }) => !paid.has(id));
  return [
    ...missing.map(({ id }) => `the payment ${id} is not in the ledger`),
    ...invented.map(({ square_payment_id: id }) => `the ledger knows a payment ${id} that Square does not`),
  ];
}

/** A webhook that was answered 200 is kept. */
async function lostWebhooks({ rows, simulators: { telnyx, twilio, square } }: Desk): Promise<string[]> {
  const delivered = [...telnyx.deliveries, ...twilio.deliveries, ...square.deliveries].filter(
    ({ state }) => state === 'delivered',
  );
  const { rows: kept } = await rows.query<{ external_id: string }>('select external_id from webhook_events');
  const ids = new Set(kept.map(({ external_id: id }) => id));
  return delivered
    .filter((delivery) => !ids.has(externalIdOf(delivery)))
    .map(({ eventId, eventType }) => `the webhook ${eventType} ${eventId} was answered 200 and is not kept`);
}

/** A text is known by its own id, since it may come under several event ids; all of Twilio's by a SID; all else by the event's. */
function externalIdOf({ eventId, eventType, tries }: WebhookDelivery): string {
  const [, sid] = /^((?:SM|MM|CA)[0-9a-f]{32})(?::|$)/.exec(eventId) ?? [];
  if (sid !== undefined) return sid;
  if (eventType !== 'message.received') return eventId;
  const { data } = JSON.parse(tries[0]?.body ?? '') as { data: { payload: { id: string } } }; // written by the simulator
  return data.payload.id;
}
