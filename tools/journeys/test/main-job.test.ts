import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clinicNumber, eventually, findBreaches, openDesk, walkToLink, askForTimes, type Desk } from '../src/index.ts';

const clinic = clinicNumber(1);
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk([clinic]);
}, 60_000);
afterAll(() => desk?.close());

describe('a missed call that becomes a paid, booked and confirmed visit', () => {
  it('walks all the way through', async () => {
    const ana = desk.patient();

    const call = await ana.call();
    await call.hangUp('originator_cancel');
    expect(await ana.hears(/missed your call/i)).toMatch(/Radiance Medspa 1/);

    const price = await ana.ask('How much is botox?');
    expect(price).toContain('$12');
    expect(price).not.toMatch(/missed your call/i);

    await askForTimes(ana);
    const [lead] = (
      await desk.rows.query(
        `select l.*, s.name as service from leads l left join services s on s.org_id = l.org_id and s.id = l.service_id
         join contacts c on c.org_id = l.org_id and c.id = l.contact_id where c.phone = $1`,
        [ana.number],
      )
    ).rows;
    expect(lead).toMatchObject({
      source: 'voice',
      first_name: 'Ana',
      service: 'Botox',
      patient_type: 'new',
      preferred_days: [1, 2, 3, 4, 5],
      preferred_from_minute: 720,
    });

    const link = await walkFromOffer();
    const [made] = desk.simulators.square.links;
    expect(made?.order.total_money).toEqual({ amount: 5000, currency: 'USD' });

    await desk.simulators.square.pay(link);
    const confirmation = await ana.hears(/You're booked/);
    expect(confirmation).toMatch(/\$50/);
    expect(confirmation).not.toMatch(/botox/i);

    const [visit] = await eventually('the visit is confirmed and paid', async () => {
      const { rows } = await desk.rows.query(
        `select a.state, d.state as deposit, d.amount_cents, l.deposit_status, e.amount_cents as captured
         from appointments a join deposits d on d.appointment_id = a.id join leads l on l.contact_id = a.contact_id
         join ledger_entries e on e.deposit_id = d.id join contacts c on c.id = a.contact_id where c.phone = $1`,
        [ana.number],
      );
      return rows[0]?.deposit_status === 'paid' ? rows : null;
    });
    expect(visit).toEqual({
      state: 'confirmed',
      deposit: 'paid',
      amount_cents: 5000,
      deposit_status: 'paid',
      captured: 5000,
    });

    await eventually('the staff are told', () =>
      desk.simulators.telnyx.accepted.some(({ to }) => to === clinic.staff[0]?.phone),
    );
    await eventually('everything came to rest', async () => (await findBreaches(desk)).length === 0);
    const { rows } = await desk.rows.query<{ type: string }>(
      `select distinct envelope->>'type' as type from event_log order by 1`,
    );
    expect(rows.map(({ type }) => type)).toEqual([
      'conversation.call-ended.v1',
      'conversation.deposit-changed.v1',
      'conversation.text-received.v1',
      'messaging.delivery-reported.v1',
      'messaging.text-requested.v1',
      'payments.booking-requested.v1',
      'payments.square-payment-reported.v1',
    ]);

    async function walkFromOffer(): Promise<string> {
      await ana.text('The first one works for me');
      await ana.hears(/deposit/i);
      await ana.text('Yes, please send the link');
      const text = await ana.hears(/https?:\/\/\S+/);
      return /https?:\/\/\S+/.exec(text)?.[0] ?? '';
    }
  }, 60_000);

  it('keeps queues, dead letters and logs free of what people wrote', async () => {
    const { rows } = await desk.rows.query<{ envelope: unknown }>('select envelope from event_log');
    expect(JSON.stringify(rows)).not.toMatch(/botox|Ana|\+1602/i);
    const logs = Object.values(desk.services).flatMap(({ logs: lines }) => lines);
    expect(logs.join('\n')).not.toMatch(/\+1602555|\+1480555|How much is/);
  });
});

describe('a returning client', () => {
  it('is booked without a deposit', async () => {
    const ben = desk.patient();
    await askForTimes(ben, "Hi, it's Ben, I've been to you before. I'd like a facial, any time on weekdays is fine.");
    const before = ben.texts().length;
    await ben.text('The first one works');
    await ben.hears(/./, before);
    const asked = ben.texts().length;
    await ben.text('Yes please');
    expect(await ben.hears(/You're booked/, asked)).not.toMatch(/\$50/);
    const links = desk.simulators.square.links.length;
    expect(links).toBe(1);
  }, 60_000);
});

describe('a link and its payment', () => {
  it('stay one, whatever Square repeats and in whatever order', async () => {
    const cleo = desk.patient();
    const link = await walkToLink(desk, cleo);
    const before = cleo.texts().length;
    await desk.simulators.square.pay(link, { order: 'reversed', copies: 3 });
    await cleo.hears(/You're booked/, before);
    await eventually('everything came to rest', async () => (await findBreaches(desk)).length === 0);
    expect(
      cleo
        .texts()
        .slice(before)
        .filter((text) => /You're booked/.test(text)),
    ).toHaveLength(1);
  }, 60_000);
});
