import { inTenants } from '@frontdesk/db';
import { newId, present, type Id } from '@frontdesk/kernel';
import type { TextGateway } from '@frontdesk/messaging';
import fc from 'fast-check';
import type { TwoCarriers } from './two-carriers.ts';

export class ProcessDied extends Error {
  override name = 'ProcessDied';
}

/** What happens to one call of a carrier: `dies-…` ends the process around it; the others are the carrier's or the network's. */
const faults = [
  'none',
  'dies-before',
  'dies-after',
  'elsewhere',
  'queue-full',
  'window-closed',
  'accept-then-hang',
  'accept-then-fail',
  'accept-then-reset',
  'reset',
  'unavailable',
  'too-many',
] as const;
type CallFault = (typeof faults)[number];
type WireFault = Exclude<
  CallFault,
  'none' | 'dies-before' | 'dies-after' | 'elsewhere' | 'queue-full' | 'window-closed'
>;

/** Who brings the text in one round: its event, alarms and duplicates of both at the same moment; and what is reported of it. */
type Step = { times: number; receipts: number; status: 'sent' | 'delivered' | 'undelivered' | 'failed' };
type Provider = 'telnyx' | 'twilio' | 'meta';
export type Story = { from: Provider; calls: CallFault[]; steps: Step[] };

export const rounds = 3;

export const stories: fc.Arbitrary<Story> = fc.record({
  from: fc.constantFrom('telnyx', 'twilio', 'telnyx', 'twilio', 'meta'),
  calls: fc.array(fc.constantFrom(...faults), { minLength: 1, maxLength: 4 }),
  steps: fc.array(
    fc.record({
      times: fc.constantFrom(0, 1, 1, 1, 2, 3),
      receipts: fc.constantFrom(0, 0, 1, 2),
      status: fc.constantFrom('sent', 'delivered', 'undelivered', 'failed'),
    }),
    { minLength: rounds, maxLength: rounds },
  ),
});

/** A text with its story, and what the carriers took of it. */
export type Told = Story & { id: Id; phone: string; calls: CallFault[]; taken: Taken[] };
type Taken = { provider: Provider; providerMessageId: string; attemptId: Id };

let people = 0;

/** Writes a due text for each story, to people whom the clinic knows. */
export async function writeTexts(desk: TwoCarriers, told: readonly Story[]): Promise<Told[]> {
  const texts = told.map((story) => {
    const phone = `+1623${String(2_000_000 + people++)}`;
    return { ...story, calls: [...story.calls], id: newId(), phone, taken: [] };
  });
  const { clinic, standIn } = desk;
  await inTenants(desk.server.owner, [clinic.id], async (client) => {
    const values = [clinic.id, texts.map(({ id }) => id), texts.map(({ phone }) => phone)];
    await client.query(
      'insert into contacts (org_id, id, phone) select $1, * from unnest($2::uuid[], $3::text[])',
      values,
    );
    await client.query(
      'insert into conversations (org_id, id, contact_id, clinic_number) select $1, id, id, $3 from unnest($2::uuid[]) as t (id)',
      [clinic.id, texts.map(({ id }) => id), clinic.location.number],
    );
    const onWhatsApp = texts.filter((text) => text.from === 'meta');
    await client.query(
      `insert into inbound_messages (org_id, id, conversation_id, channel, from_number, to_number, body, digest, provider,
         provider_message_id, received_at, created_at)
       select $1, id, id, 'whatsapp', phone, $4, 'Hi', '', 'meta', id::text, $5, $5
       from unnest($2::uuid[], $3::text[]) as t (id, phone)`,
      [
        clinic.id,
        onWhatsApp.map(({ id }) => id),
        onWhatsApp.map(({ phone }) => phone),
        clinic.location.number,
        new Date(desk.now().epochMilliseconds),
      ],
    );
    for (const { phone } of onWhatsApp) desk.meta?.openWindow(clinic.location.number, phone);
    const from = texts.map((text) => (text.from === 'twilio' ? standIn : clinic.location.number));
    const channels = texts.map((text) => (text.from === 'meta' ? 'whatsapp' : 'sms'));
    await client.query(
      `insert into outbound_messages (org_id, id, contact_id, conversation_id, from_number, to_number, channel, class, kind, body,
         cause_key, next_attempt_at, created_at)
       select $1, id, id, case when channel = 'whatsapp' then id end, number, phone, channel, 'reply', 'answer', 'See you at 3',
         id::text, $6, $6
       from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as t (id, phone, number, channel)`,
      [...values, from, channels, new Date(desk.now().epochMilliseconds)],
    );
  });
  return texts;
}

/** Puts the stories between a process and its carriers: what only a process can suffer happens here, the rest on the wire. */
export function suffering(
  desk: TwoCarriers,
  byPhone: ReadonlyMap<string, Told>,
): (gateway: TextGateway) => TextGateway {
  return (gateway) => ({
    ...gateway,
    async send(text) {
      const fault = byPhone.get(text.to)?.calls.shift() ?? 'none';
      if (fault === 'dies-before') throw new ProcessDied();
      if (fault === 'elsewhere')
        return { kind: 'refused', code: '40315', reason: 'not here', optedOut: false, elsewhere: true };
      if (fault === 'window-closed' && gateway.provider === 'meta' && text.template === null)
        return { kind: 'refused', code: '131047', reason: 'closed', optedOut: false, windowClosed: true };
      if (fault === 'queue-full') return { kind: 'retryable', code: '40318' };
      if (fault !== 'none' && fault !== 'dies-after' && fault !== 'window-closed')
        misbehaveOnce(simulatorOf(desk, gateway.provider), text.to, fault);
      const answer = await gateway.send(text);
      if (fault === 'dies-after') throw new ProcessDied();
      return answer;
    },
  });
}

function simulatorOf(desk: TwoCarriers, provider: Provider): Pick<TwoCarriers['telnyx'], 'misbehave'> {
  return provider === 'meta' ? present(desk.meta, 'WhatsApp') : desk[provider];
}

function misbehaveOnce(carrier: Pick<TwoCarriers['telnyx'], 'misbehave'>, phone: string, fault: WireFault): void {
  const scope = {
    times: 1,
    where: ({ method, body }: { method: string; body: string }) => method === 'POST' && body.includes(phone.slice(1)),
  };
  if (fault === 'unavailable') carrier.misbehave({ kind: 'answer', status: 503 }, scope);
  else if (fault === 'too-many') carrier.misbehave({ kind: 'answer', status: 429, retryAfterSeconds: 1 }, scope);
  else carrier.misbehave({ kind: fault }, scope);
}
