import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { newNumber, rowsOf, startDesk, type Desk } from './desk.ts';
import { received } from './webhooks.ts';

let database: TestDatabase;
let desk: Desk;
let clinic: ClinicDefinition;
let rows: ReturnType<typeof rowsOf>;
let now = Temporal.Now.instant();

beforeAll(async () => {
  database = await createTestDatabase();
  clinic = await createTestClinic(database.owner);
  desk = await startDesk(database, { clock: () => now });
  rows = rowsOf(database);
});

afterAll(async () => {
  await desk.close();
  await database.close();
});

const to = () => clinic.location.number;
const typesOf = (from: string) => rows.eventTypes(clinic, from);

describe('a keyword', () => {
  it.each([
    ['STOP', 'keyword'],
    ['Stop texting me!', 'free-wording'],
  ])('%s stops the texts at once, with its evidence', async (text, source) => {
    const from = newNumber();
    await desk.telnyx(received({ from, to: to(), text }));
    expect(await rows.optedOut(clinic, from)).toBe(true);
    expect(await rows.consents(from)).toEqual([{ kind: 'opt-out', source, wording: text }]);
    expect(await rows.texts(from)).toMatchObject([{ handled_by: 'keyword' }]);
    expect(await typesOf(from)).toEqual(['messaging.keyword-received.v1']);
  });

  it('STOP withdraws a consent to marketing, which START does not bring back, and the ledger says so', async () => {
    const from = newNumber();
    await database.owner.query('insert into marketing_consents values ($1, $2, now())', [clinic.id, from]);
    await desk.telnyx(received({ from, to: to(), text: 'STOP' }));
    now = now.add({ seconds: 1 });
    await desk.telnyx(received({ from, to: to(), text: 'START' }));
    const ledger = await database.owner.query(
      `select kind, source, wording, channel, clinic_number, recorded_by from consent_events where phone = $1
       order by occurred_at, kind desc`,
      [from],
    );
    const evidence = { source: 'keyword', channel: 'sms', clinic_number: to(), recorded_by: 'webhook-ingress' };
    expect(ledger.rows).toEqual([
      { ...evidence, kind: 'opt-out', wording: 'STOP' },
      { ...evidence, kind: 'marketing-opt-out', wording: 'STOP' },
      { ...evidence, kind: 'opt-in', wording: 'START' },
    ]);
    const left = await database.owner.query('select from marketing_consents where phone = $1', [from]);
    expect(left.rowCount).toBe(0);
  });

  it('YES is an answer to a question, and resumes texts only where the carrier says that it did', async () => {
    const from = newNumber();
    const yes = () => received({ from, to: to(), text: 'YES', autoresponse_type: 'START' });
    await desk.telnyx(yes());
    expect(await typesOf(from)).toEqual(['conversation.text-received.v1']);
    await desk.telnyx(received({ from, to: to(), text: 'STOP' }));
    now = now.add({ seconds: 4 });
    await desk.telnyx(yes());
    expect(await rows.optedOut(clinic, from)).toBe(false);
    expect(await rows.consents(from)).toMatchObject([{ kind: 'opt-out' }, { kind: 'opt-in', source: 'carrier' }]);
  });

  it('that the carrier has answered is told apart, so that it is not answered twice', async () => {
    const from = newNumber();
    await desk.telnyx(received({ from, to: to(), text: 'Stop', autoresponse_type: 'STOP' }));
    expect(await rows.consents(from)).toMatchObject([{ kind: 'opt-out', source: 'carrier' }]);
    const [conversation] = await rows.conversations(from);
    const events = (await rows.events(clinic)).filter(({ correlationId }) => correlationId === conversation?.id);
    expect(events).toMatchObject([{ data: { keyword: 'stop', answeredByCarrier: true } }]);
  });

  it('START takes the opt-out back, HELP changes nothing', async () => {
    const from = newNumber();
    await desk.telnyx(received({ from, to: to(), text: 'STOP' }));
    await desk.telnyx(received({ from, to: to(), text: 'HELP' }));
    expect(await rows.optedOut(clinic, from)).toBe(true);
    now = now.add({ seconds: 1 });
    await desk.telnyx(received({ from, to: to(), text: 'start' }));
    expect(await rows.optedOut(clinic, from)).toBe(false);
    expect((await rows.consents(from)).map(({ kind }) => kind)).toEqual(['opt-out', 'opt-in']);
    expect(await typesOf(from)).toEqual(Array(3).fill('messaging.keyword-received.v1'));
  });

  it('START that arrives after a later STOP leaves the STOP in force', async () => {
    const from = newNumber();
    const at = (minute: number) => ({ received_at: `2026-11-20T10:0${minute}:00.000Z` });
    await desk.telnyx(received({ from, to: to(), text: 'STOP', ...at(1) }));
    await desk.telnyx(received({ from, to: to(), text: 'START', ...at(0) }));
    expect(await rows.optedOut(clinic, from)).toBe(true);
    expect((await rows.consents(from)).map(({ kind }) => kind)).toEqual(['opt-out']);
    now = now.add({ seconds: 4 });
    await desk.telnyx(received({ from, to: to(), text: 'START', ...at(2) }));
    expect(await rows.optedOut(clinic, from)).toBe(false);
  });

  it('STOP, START, STOP within moments ends with no more texts', async () => {
    const from = newNumber();
    for (const text of ['STOP', 'START', 'STOP', 'STOP']) await desk.telnyx(received({ from, to: to(), text }));
    expect(await rows.optedOut(clinic, from)).toBe(true);
    const handled = (await rows.texts(from)).map(({ handled_by: by }) => by);
    expect(handled).toEqual(['keyword', 'keyword', 'keyword', 'duplicate']);
  });

  it.each(['cancel my appointment', 'Stop by tomorrow?', 'start with a facial'])(
    'that is only part of a text is none: %s',
    async (text) => {
      const from = newNumber();
      await desk.telnyx(received({ from, to: to(), text }));
      expect(await rows.optedOut(clinic, from)).toBe(false);
      expect(await typesOf(from)).toEqual(['conversation.text-received.v1']);
    },
  );

  it('of a staff member counts as well', async () => {
    const [member] = clinic.staff;
    await desk.telnyx(received({ from: String(member?.phone), to: to(), text: 'STOP' }));
    expect(await rows.optedOut(clinic, String(member?.phone))).toBe(true);
  });

  it('that stopped the texts leaves later ones without an answer', async () => {
    const from = newNumber();
    await desk.telnyx(received({ from, to: to(), text: 'STOP' }));
    await desk.telnyx(received({ from, to: to(), text: 'what about friday' }));
    expect((await rows.texts(from)).map(({ handled_by: by }) => by)).toEqual(['keyword', 'opted-out']);
    expect(await typesOf(from)).toEqual(['messaging.keyword-received.v1']);
  });
});
