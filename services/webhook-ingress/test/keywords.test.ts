import { describe, expect, it } from '@jest/globals';
import { consentLock } from '@frontdesk/messaging';
import { until } from '@frontdesk/testkit';
import { answeringCarriers, textCarriers } from './carriers.ts';
import { newNumber } from './desk.ts';
import { useDesk } from './use-desk.ts';
import { received } from './webhooks.ts';

const on = useDesk();

describe.each(textCarriers)('a keyword over $name', (carrier) => {
  const send = (text: Parameters<typeof carrier.text>[0]) => on.desk.send(carrier.text(text));

  it.each([
    ['STOP', carrier.stopIsKnownAs],
    ['Stop texting me!', 'free-wording'],
  ])('%s stops the texts at once, with its evidence', async (text, source) => {
    const from = newNumber();
    await send({ from, to: on.to, text });
    expect(await on.rows.optedOut(on.clinic, from)).toBe(true);
    const { channel } = carrier;
    expect(await on.rows.consents(from)).toEqual([{ kind: 'opt-out', source, wording: text, channel }]);
    expect(await on.rows.texts(from)).toMatchObject([{ handled_by: 'keyword' }]);
    expect(await on.typesOf(from)).toEqual(['messaging.keyword-received.v1']);
  });

  it('START takes the opt-out back, HELP changes nothing', async () => {
    const from = newNumber();
    await send({ from, to: on.to, text: 'STOP' });
    await send({ from, to: on.to, text: 'HELP' });
    expect(await on.rows.optedOut(on.clinic, from)).toBe(true);
    on.pass({ seconds: 1 });
    await send({ from, to: on.to, text: 'start' });
    expect(await on.rows.optedOut(on.clinic, from)).toBe(false);
    expect((await on.rows.consents(from)).map(({ kind }) => kind)).toEqual(['opt-out', 'opt-in']);
    expect(await on.typesOf(from)).toEqual(Array(3).fill('messaging.keyword-received.v1'));
  });

  it('STOP, START, STOP within moments ends with no more texts', async () => {
    const from = newNumber();
    for (const text of ['STOP', 'START', 'STOP', 'STOP']) await send({ from, to: on.to, text });
    expect(await on.rows.optedOut(on.clinic, from)).toBe(true);
    const handled = (await on.rows.texts(from)).map(({ handled_by: by }) => by);
    expect(handled).toEqual(['keyword', 'keyword', 'keyword', 'duplicate']);
  });

  it.each(['cancel my appointment', 'Stop by tomorrow?', 'start with a facial'])(
    'that is only part of a text is none: %s',
    async (text) => {
      const from = newNumber();
      await send({ from, to: on.to, text });
      expect(await on.rows.optedOut(on.clinic, from)).toBe(false);
      expect(await on.typesOf(from)).toEqual(['conversation.text-received.v1']);
    },
  );

  it('of a staff member counts as well', async () => {
    const clinic = await on.anotherClinic();
    const [member] = clinic.staff;
    await send({ from: String(member?.phone), to: clinic.location.number, text: 'STOP' });
    expect(await on.rows.optedOut(clinic, String(member?.phone))).toBe(true);
  });

  it('that stopped the texts leaves later ones without an answer', async () => {
    const from = newNumber();
    await send({ from, to: on.to, text: 'STOP' });
    await send({ from, to: on.to, text: 'what about friday' });
    expect((await on.rows.texts(from)).map(({ handled_by: by }) => by)).toEqual(['keyword', 'opted-out']);
    expect(await on.typesOf(from)).toEqual(['messaging.keyword-received.v1']);
  });
});

describe.each(answeringCarriers)('a keyword that was answered by $name', (carrier) => {
  it('is told apart, so that it is not answered twice', async () => {
    const from = newNumber();
    await on.desk.send(carrier.text({ from, to: on.to, text: 'Stop', answered: 'STOP' }));
    expect(await on.rows.consents(from)).toMatchObject([{ kind: 'opt-out', source: 'carrier' }]);
    const [conversation] = await on.rows.conversations(from);
    const events = (await on.rows.events(on.clinic)).filter(({ correlationId }) => correlationId === conversation?.id);
    expect(events).toMatchObject([{ data: { keyword: 'stop', answeredByCarrier: true } }]);
  });
});

describe('a STOP', () => {
  it('withdraws a consent to marketing that commits in the same moment', async () => {
    const phone = newNumber();
    const orgId = on.clinic.id;
    const client = await on.database.owner.connect();
    try {
      await client.query('begin');
      await client.query("select set_config('app.org_ids', $1, true)", [orgId]);
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [consentLock({ orgId, phone })]);
      await client.query('insert into marketing_consents values ($1, $2, now())', [orgId, phone]);
      const stopped = on.desk.telnyx(received({ from: phone, to: on.to, text: 'STOP' }));
      await until('the STOP waits', async () => {
        const { rows } = await client.query("select from pg_locks where locktype = 'advisory' and not granted");
        return rows.length > 0;
      });
      await client.query('commit');
      await stopped;
    } finally {
      client.release();
    }
    expect((await on.rows.consents(phone)).map(({ kind }) => kind).toSorted()).toEqual([
      'marketing-opt-out',
      'opt-out',
    ]);
    const { rows } = await on.database.owner.query('select from marketing_consents where phone = $1', [phone]);
    expect(rows).toEqual([]);
  });
});

describe('a START of Telnyx', () => {
  it('that arrives after a later STOP leaves the STOP in force', async () => {
    const from = newNumber();
    const at = (minute: number) => ({ received_at: `2026-11-20T10:0${minute}:00.000Z` });
    await on.desk.telnyx(received({ from, to: on.to, text: 'STOP', ...at(1) }));
    await on.desk.telnyx(received({ from, to: on.to, text: 'START', ...at(0) }));
    expect(await on.rows.optedOut(on.clinic, from)).toBe(true);
    expect((await on.rows.consents(from)).map(({ kind }) => kind)).toEqual(['opt-out']);
    on.pass({ seconds: 4 });
    await on.desk.telnyx(received({ from, to: on.to, text: 'START', ...at(2) }));
    expect(await on.rows.optedOut(on.clinic, from)).toBe(false);
  });
});
