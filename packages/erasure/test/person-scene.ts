import { newId, type Id } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, createTestPerson, type TestPerson } from '@frontdesk/testkit';
import { makeErasePerson, type ErasureRequest } from '../src/index.ts';

const now = Temporal.Instant.from('2026-11-20T18:00:00Z');

/** What rows about the person hold besides the number, and what must nowhere be found afterwards. */
export const nameOf = ({ contactId }: TestPerson) => `Ana-${contactId.slice(-12)}`;
export const wordsOf = ({ contactId }: TestPerson) => `rash since ${contactId.slice(-12)}`;

export type PersonScene = Awaited<ReturnType<typeof openPersonScene>>;

/** Clinics on a real database, people who left rows in every table, and the use case as an operator calls it. */
export async function openPersonScene() {
  const server = await createTestDatabase();
  const operator = server.asOperator();
  const clinic = await createTestClinic(server.owner);
  const inTenant = <T>(orgId: Id, work: Parameters<typeof operator.inTransaction<T>>[0]) =>
    operator.inTransaction<T>(async (tx) => {
      await tx.$queryRaw`select set_config('app.org_ids', ${orgId}, true)`;
      return work(tx);
    });
  const erasePerson = makeErasePerson({ inTenant, clock: () => now, webhooksAtOnce: 2 });

  async function insert(table: string, row: { id?: Id; [column: string]: unknown }): Promise<Id> {
    const full: Record<string, unknown> = { org_id: clinic.id, ...row };
    const columns = Object.keys(full);
    await server.owner.query(
      `with seen as (select set_config('app.org_ids', '${clinic.id}', false))
       insert into ${table} (${columns.join(', ')}) select ${columns.map((_, n) => `$${n + 1}`).join(', ')} from seen`,
      Object.values(full),
    );
    return row.id ?? '';
  }

  /** Everything that texting, calling, booking and paying leaves behind. */
  async function leaveTraces(
    person: TestPerson,
    visit: { startsAt?: string; state?: string; deposit?: string | null } = {},
  ) {
    const { contactId, conversationId, phone } = person;
    const { startsAt = nextTime('2026-10-01T18:00:00Z'), state = 'confirmed', deposit = 'paid' } = visit;
    const [name, words] = [nameOf(person), wordsOf(person)];
    const { number } = clinic.location;
    const about = { conversation_id: conversationId };
    const at = '2026-11-09T10:00:00Z';
    await insert('leads', { contact_id: contactId, source: 'sms', first_name: name, tags: [words] });
    const inboundId = await insert('inbound_messages', {
      ...about,
      id: newId(),
      from_number: phone,
      to_number: number,
      body: `I am ${name}, ${words}`,
      digest: Buffer.alloc(32),
      provider: 'telnyx',
      provider_message_id: newId(),
      received_at: at,
      attachments: ['picture'],
    });
    await insert('inbound_media', {
      id: newId(),
      message_id: inboundId,
      ordinal: 0,
      provider: 'telnyx',
      url: `https://media.telnyx.com/${phone}`,
      state: 'stored',
      bytes: 10,
      created_at: at,
      state_at: at,
    });
    const turnId = await insert('turns', {
      ...about,
      id: newId(),
      fence: 1,
      last_inbound_seq: 1,
      started_at: at,
      failure: words,
    });
    await insert('turn_steps', { turn_id: turnId, step: 0, response: { text: `${name} ${words}` } });
    const [service, practitioner] = [clinic.services[0]?.id, clinic.practitioners[0]?.id];
    const times = { starts_at: startsAt, ends_at: Temporal.Instant.from(startsAt).add({ minutes: 30 }).toString() };
    const what = { service_id: service, practitioner_id: practitioner, ...times };
    await insert('time_offers', { ...about, id: newId(), ...what, offered_at: at });
    const appointmentId = await insert('appointments', {
      ...about,
      ...what,
      id: newId(),
      location_id: clinic.location.id,
      contact_id: contactId,
      state,
      hold_expires_at: state === 'held' ? '2026-11-20T18:15:00Z' : null,
      cause_key: newId(),
    });
    const orderId = `order-${newId()}`;
    const depositId =
      deposit === null
        ? null
        : await insert('deposits', {
            ...about,
            id: newId(),
            appointment_id: appointmentId,
            contact_id: contactId,
            location_id: clinic.location.id,
            amount_cents: 5_000,
            currency: 'USD',
            state: deposit,
            idempotency_key: newId(),
            square_order_id: orderId,
            link_url: `https://square.link/u/${phone}`,
          });
    if (deposit === 'paid') {
      const money = { amount_cents: 5_000, currency: 'USD' };
      await insert('ledger_entries', {
        id: newId(),
        deposit_id: depositId,
        kind: 'captured',
        ...money,
        square_payment_id: newId(),
        occurred_at: at,
      });
      await insert('payment_reports', {
        payment_id: newId(),
        order_id: orderId,
        status: 'COMPLETED',
        ...money,
        reported_at: at,
      });
    }
    const textId = await insert('outbound_messages', {
      ...about,
      id: newId(),
      contact_id: contactId,
      from_number: number,
      to_number: phone,
      class: 'reply',
      kind: 'answer',
      body: `Hello ${name}`,
      cause_key: `turn:${turnId}`,
      state: 'sending',
    });
    const attemptId = await insert('send_attempts', {
      id: newId(),
      message_id: textId,
      number: 1,
      provider: 'telnyx',
      started_at: at,
    });
    const staff = {
      staff_member_id: clinic.staff[0]?.id,
      from_number: number,
      to_number: clinic.staff[0]?.phone,
      class: 'staff-notice',
    };
    const national = phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');
    await insert('outbound_messages', {
      ...staff,
      id: newId(),
      kind: 'booking-confirmed',
      body: `Booked by the desk: ${name}`,
      cause_key: `booked:${appointmentId}:staff:x`,
    });
    await insert('outbound_messages', {
      ...staff,
      id: newId(),
      kind: 'hand-off',
      body: `Please call ${national}.`,
      cause_key: newId(),
    });
    await insert('staff_tasks', {
      ...about,
      id: newId(),
      kind: 'hand-off',
      reason: `${name} ${national}`,
      cause_key: newId(),
      due_at: at,
    });
    await insert('staff_tasks', {
      id: newId(),
      kind: 'paid-without-slot',
      reason: `${name} (${phone}) paid`,
      appointment_id: appointmentId,
      deposit_id: depositId,
      cause_key: newId(),
      due_at: at,
    });
    const callId = await insert('calls', {
      ...about,
      id: newId(),
      provider: 'telnyx',
      session_id: newId(),
      from_number: phone,
      to_number: number,
    });
    await insert('scheduled_texts', {
      ...about,
      id: newId(),
      contact_id: contactId,
      kind: 'visit-reminder',
      appointment_id: appointmentId,
      appointment_starts_at: startsAt,
      due_at: '2026-09-09T18:00:00Z',
      expires_at: startsAt,
      cause_key: newId(),
      created_at: at,
      state_at: at,
    });
    await insert('opt_outs', { phone, opted_out_at: at });
    await insert('marketing_consents', { phone, given_at: at });
    await insert('consent_events', {
      id: newId(),
      phone,
      kind: 'opt-out',
      source: 'keyword',
      wording: words,
      inbound_message_id: inboundId,
      occurred_at: at,
    });
    const webhook = { provider: 'telnyx', verified_at: at };
    await insert('webhook_events', {
      ...webhook,
      id: newId(),
      kind: 'text',
      external_id: newId(),
      payload: { from: phone, text: words },
    });
    await insert('webhook_events', {
      ...webhook,
      provider: 'square',
      id: newId(),
      kind: 'payment',
      external_id: newId(),
      payload: { data: { object: { payment: { order_id: orderId, buyer_email_address: `${name}@example.com` } } } },
    });
    await insert('parked_messages', {
      id: newId(),
      queue: 'conversation.fifo',
      message_id: newId(),
      reason: 'unreadable',
      body: `{"from":"${phone}"}`,
    });
    await insert('idempotency_keys', {
      key: newId(),
      request_digest: Buffer.alloc(32),
      status: 202,
      response: { id: textId },
      created_at: at,
    });
    await server.owner.query(`insert into api_rate_limits (key) values ($1)`, [`${clinic.id}:${contactId}`]);
    return { inboundId, textId, attemptId, callId, appointmentId, depositId, turnId, orderId };
  }

  return {
    server,
    clinic,
    insert,
    person: (phone?: string) => createTestPerson(server.owner, clinic, phone),
    leaveTraces,
    erase: (phone: string, change: Partial<ErasureRequest> = {}) =>
      erasePerson({ orgId: clinic.id, phone, actor: 'operator:kim', ...change }),
    rows: async <Row extends Record<string, unknown>>(sql: string, ...values: unknown[]) =>
      (await server.owner.query<Row>(sql, values)).rows,
    owner: server.owner,
    close: () => server.close(),
  };
}

let times = 0;
/** A time from then on that no other visit has. */
export function nextTime(from: string): string {
  return Temporal.Instant.from(from).add({ hours: ++times }).toString();
}
