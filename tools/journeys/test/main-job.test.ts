import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  agree,
  askForTimes,
  clinicNumber,
  makeReminderDue,
  modes,
  openDesk,
  pickFirstTime,
  returningWords,
  untilAtRest,
  untilReminderIsArmed,
} from '../src/index.ts';
import { walkToLink, type Desk, type Patient } from '../src/index.ts';

/** One reminder, so near to the visit that any visit has it, whatever the time of the day. */
const clinic = clinicNumber(1, { reminders: [5] });
const staffPhone = clinic.staff[0]?.phone;

describe.each(modes)('as %s:', (mode) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk([clinic], { mode });
  }, 180_000);
  afterAll(() => desk?.close());

  const ofPatient = async (sql: string, patient: Patient) =>
    (await desk.rows.query<Record<string, unknown>>(sql, [patient.number])).rows;

  describe('a missed call that becomes a paid, booked and confirmed visit', () => {
    let ana: Patient;
    let link: string;

    it('starts at a desk whose parts are all ready', async () => {
      for (const { url } of Object.values(desk.services)) {
        const [health, ready] = await Promise.all([fetch(`${url}/health`), fetch(`${url}/ready`)]);
        expect([health.status, ready.status]).toEqual([200, 200]);
      }
    });

    it('is greeted by a text, and asked about the price without a second greeting', async () => {
      ana = desk.patient();
      const call = await ana.call();
      await call.hangUp('originator_cancel');
      expect(await ana.hears(/missed your call/i)).toMatch(/Radiance Medspa 1.*STOP/);
      const price = await ana.ask('How much is botox?');
      expect(price).toContain('$12');
      expect(price).not.toMatch(/missed your call|STOP/i);
    });

    it('is qualified: one lead with name, service, new, weekdays and afternoons', async () => {
      await askForTimes(ana);
      expect(
        await ofPatient(
          `select l.source, l.first_name, s.name as service, l.patient_type, l.preferred_days, l.preferred_from_minute, l.tags
         from leads l left join services s on s.org_id = l.org_id and s.id = l.service_id
           join contacts c on c.org_id = l.org_id and c.id = l.contact_id where c.phone = $1`,
          ana,
        ),
      ).toEqual([
        {
          source: 'voice',
          first_name: 'Ana',
          service: 'Botox',
          patient_type: 'new',
          preferred_days: [1, 2, 3, 4, 5],
          preferred_from_minute: 720,
          tags: ['price-question'],
        },
      ]);
    });

    it('holds the chosen time and gets one link for the amount of the clinic', async () => {
      expect(await pickFirstTime(ana)).toContain('$50');
      link = await agree(desk, ana);
      const [made] = desk.simulators.square.links;
      expect(made?.order.total_money).toEqual({ amount: 5000, currency: 'USD' });
      const again = ana.texts().length;
      await ana.text('Yes, please');
      await ana.hears(/./, again);
      await untilAtRest(desk);
      expect(desk.simulators.square.links).toHaveLength(1);
    });

    it('is paid, booked and confirmed by a text that names no treatment; staff are told', async () => {
      await desk.simulators.square.pay(link);
      const confirmation = await ana.hears(/You're booked/);
      expect(confirmation).toMatch(/\$50/);
      expect(confirmation).not.toMatch(/botox/i);
      await untilAtRest(desk);
      expect(
        await ofPatient(
          `select a.state, d.state as deposit, d.amount_cents, l.deposit_status, e.amount_cents as captured
         from appointments a join deposits d on d.appointment_id = a.id join leads l on l.contact_id = a.contact_id
         join ledger_entries e on e.deposit_id = d.id join contacts c on c.id = a.contact_id where c.phone = $1`,
          ana,
        ),
      ).toEqual([{ state: 'confirmed', deposit: 'paid', amount_cents: 5000, deposit_status: 'paid', captured: 5000 }]);
      expect(desk.simulators.telnyx.accepted.filter(({ to }) => to === staffPhone)).toHaveLength(1);
    });

    it('leaves a transcript in order and texts that all arrived', async () => {
      const said = await ofPatient(
        `select i.body, i.created_at, 'patient' as by, null as state from inbound_messages i where i.from_number = $1
       union all
       select o.body, o.created_at, 'desk', o.state from outbound_messages o where o.to_number = $1 order by created_at`,
        ana,
      );
      expect(said.filter(({ by }) => by === 'desk').map(({ state }) => state)).toEqual(
        ana.texts().map(() => 'delivered'),
      );
      expect(said.at(0)?.body).toMatch(/missed your call/);
      expect(said.at(1)?.body).toBe('How much is botox?');
      expect(said.at(-1)?.body).toMatch(/You're booked/);
    });

    it('leaves an event log that tells it from cause to effect under one correlation id', async () => {
      const [conversation] = await ofPatient(
        'select v.id from conversations v join contacts c on c.id = v.contact_id where c.phone = $1',
        ana,
      );
      const { rows: trail } = await desk.rows.query<{ type: string; kind: string | null; cause: string | null }>(
        `select e.envelope->>'type' as type, o.kind, coalesce(cause.envelope->>'type', webhook.kind) as cause
       from event_log e
         left join outbound_messages o on o.id::text = e.envelope->'data'->>'messageId'
         left join event_log cause on cause.event_id::text = e.envelope->>'causationId'
         left join webhook_events webhook on webhook.id::text = e.envelope->>'causationId'
       where e.envelope->>'correlationId' = $1 order by e.published_at`,
        [conversation?.['id']],
      );
      const causeOf = (type: string, kind: string | null = null) =>
        trail.find((event) => event.type === type && event.kind === kind)?.cause;
      expect(causeOf('conversation.call-ended.v1')).toBe('call.hangup');
      expect(causeOf('messaging.text-requested.v1', 'missed-call')).toBe('conversation.call-ended.v1');
      expect(causeOf('conversation.text-received.v1')).toBe('message.received');
      expect(causeOf('messaging.text-requested.v1', 'answer')).toBe('conversation.text-received.v1');
      expect(causeOf('payments.booking-requested.v1')).toBe('conversation.text-received.v1');
      expect(causeOf('messaging.text-requested.v1', 'booking-confirmed')).toBe('payments.square-payment-reported.v1');
      expect(trail.findLast(({ type }) => type === 'conversation.deposit-changed.v1')?.cause).toBe(
        'payments.square-payment-reported.v1',
      );
    });

    it('keeps what people wrote out of queues, event log and logs', async () => {
      const { rows } = await desk.rows.query<{ envelope: unknown }>('select envelope from event_log');
      expect(JSON.stringify(rows)).not.toMatch(/botox|Ana|\+1602/i);
      const logs = Object.values(desk.services).flatMap(({ logs: lines }) => lines);
      expect(logs.join('\n')).not.toMatch(/\+1602555|\+1480555|How much is/);
    });
  });

  describe('a returning client', () => {
    let ben: Patient;

    it('is booked without a deposit', async () => {
      ben = desk.patient();
      const links = desk.simulators.square.links.length;
      await askForTimes(ben, returningWords);
      const before = ben.texts().length;
      await ben.text('The first one works');
      await ben.hears(/./, before);
      const asked = ben.texts().length;
      await ben.text('Yes please');
      expect(await ben.hears(/You're booked/, asked)).not.toMatch(/\$50/);
      await untilAtRest(desk);
      expect(desk.simulators.square.links).toHaveLength(links);
    });

    it('is reminded of the visit once, and the answer to that reaches the desk', async () => {
      await untilReminderIsArmed(desk, ben);
      const before = ben.texts().length;
      await makeReminderDue(desk, ben);
      expect(await ben.hears(/Reminder/, before)).toMatch(/^Reminder from Radiance Medspa 1: .* reply C or call/);
      await untilAtRest(desk);
      expect(ben.texts().slice(before)).toHaveLength(1);
      expect(await ben.ask('C')).toMatch(/team/);
      expect(
        await desk.count(
          `from staff_tasks t join conversations v on v.id = t.conversation_id
        join contacts c on c.id = v.contact_id where t.kind = 'hand-off' and c.phone = $1`,
          ben.number,
        ),
      ).toBe(1);
      const [reminder] = await ofPatient(
        `select cause.envelope->>'type' as cause from outbound_messages o
           join event_log e on e.envelope->'data'->>'messageId' = o.id::text
           join event_log cause on cause.event_id::text = e.envelope->>'causationId'
         where o.to_number = $1 and o.kind = 'visit-reminder'`,
        ben,
      );
      expect(reminder).toEqual({ cause: 'messaging.appointment-changed.v1' });
    });
  });

  describe('a payment', () => {
    it('counts once, whatever Square repeats and in whatever order', async () => {
      const cleo = desk.patient();
      const link = await walkToLink(desk, cleo);
      const before = cleo.texts().length;
      await desk.simulators.square.pay(link, { order: 'reversed', copies: 3 });
      await cleo.hears(/You're booked/, before);
      await untilAtRest(desk);
      expect(cleo.texts().slice(before)).toHaveLength(1);
      const told = desk.simulators.telnyx.accepted.length;
      const [report] = desk.simulators.square.deliveries.filter(({ eventType }) => eventType === 'payment.updated');
      const [first] = report?.tries ?? [];
      const replay = await fetch(`${desk.webhookUrl}/webhooks/square`, {
        method: 'POST',
        body: first?.body ?? '',
        headers: first?.headers ?? {},
      });
      expect(replay.status).toBe(200);
      await untilAtRest(desk);
      expect(desk.simulators.telnyx.accepted).toHaveLength(told);
    });
  });
});
