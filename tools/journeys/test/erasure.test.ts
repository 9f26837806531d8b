import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contexts } from '@frontdesk/contracts';
import { makeErasePerson, type Erasure } from '@frontdesk/erasure';
import { newId, systemClock } from '@frontdesk/kernel';
import { findTraces, until } from '@frontdesk/testkit';
import { breachesInRows, clinicNumber, openDesk, repeatAllMessages, walkToLink } from '../src/index.ts';
import type { Desk, Patient } from '../src/index.ts';
import { queueDepth } from '../src/queue-depth.ts';

const clinic = clinicNumber(71);
let desk: Desk;
let erase: (patient: Patient) => Promise<Erasure>;
beforeAll(async () => {
  desk = await openDesk([clinic]);
  const operator = desk.server.asOperator();
  const erasePerson = makeErasePerson({
    clock: systemClock,
    inTenant: (orgId, work) =>
      operator.inTransaction(async (tx) => {
        await tx.$queryRaw`select set_config('app.org_ids', ${orgId}, true)`;
        return work(tx);
      }),
  });
  erase = ({ number: phone }) => erasePerson({ orgId: clinic.id, phone, actor: 'operator:kim', evenIfExpected: true });
}, 180_000);
afterAll(() => desk?.close());

const traces = (...needles: string[]) => findTraces(desk.rows, needles);

/** Nothing is in hand any more, and nothing was refused or is owed. */
async function untilQuiet(): Promise<void> {
  await desk.simulators.telnyx.settled();
  let open: string[] = [];
  await until(
    () => `a quiet desk: ${open.join('; ')}`,
    async () => {
      const depths = await Promise.all(Object.values(contexts).map(({ queue }) => queueDepth(desk.sqs, queue)));
      open = [...(await breachesInRows(desk)), ...depths.filter((depth) => depth > 0).map((n) => `${n} messages`)];
      return open.length === 0;
    },
    40_000,
    200,
  );
}

describe('a patient who texted, booked and paid, and is erased', () => {
  it('is nowhere any more, in no spelling, whatever is repeated afterwards', async () => {
    const patient = desk.patient();
    const words = "Hi, I'm Zuleika, a new client. I'd like botox, any weekday afternoon works.";
    await desk.simulators.square.pay(await walkToLink(desk, patient, words));
    await patient.hears(/booked/i);
    await untilQuiet();
    const marks = [patient.number, 'Zuleika', 'any weekday afternoon works'];
    expect((await traces(...marks)).length).toBeGreaterThan(5);
    const heard = patient.texts().length;

    expect(await erase(patient)).toMatchObject({ kind: 'erased' });
    expect(await traces(...marks)).toEqual([]);
    expect(await erase(patient)).toEqual({ kind: 'nothing-found' });
    await repeatAllMessages(desk);
    await untilQuiet();
    expect(await traces(...marks)).toEqual([]);
    expect(patient.texts()).toHaveLength(heard);
    expect(await desk.count("from ledger_entries where kind = 'captured'")).toBe(1);
  }, 120_000);
});

describe('work in flight', () => {
  it('of the conversation ends without a trace', async () => {
    const patient = desk.patient();
    const { bedrock } = desk.simulators;
    await patient.ask('Hello');
    const asked = bedrock.requests.length;
    bedrock.misbehave({ kind: 'delay', ms: 4_000 }, { times: 1 });
    await patient.text('Do you know Wilhelmina, who had a facial?');
    await until('the model is asked', () => bedrock.requests.length > asked);
    const heard = patient.texts().length;
    await erase(patient);
    await untilQuiet();
    expect(await traces(patient.number, 'Wilhelmina')).toEqual([]);
    expect(patient.texts()).toHaveLength(heard);
  }, 60_000);

  it('at the carrier ends without a trace, with the receipts that come later', async () => {
    const patient = desk.patient();
    const { telnyx } = desk.simulators;
    await patient.ask('Hello');
    await untilQuiet();
    telnyx.planReceipts({ hold: true }, 1);
    await patient.ask('Where are you?');
    await erase(patient);
    await telnyx.releaseReceipts();
    await untilQuiet();
    expect(await traces(patient.number, 'Where are you')).toEqual([]);
  }, 60_000);
});

describe('a text', () => {
  it('that the carrier delivers again after the erasure brings nobody back', async () => {
    const patient = desk.patient();
    const text = { from: patient.number, to: clinic.location.number, text: 'I am Xanthippe', messageId: newId() };
    await desk.simulators.telnyx.receiveText({ ...text, eventId: newId() });
    await patient.hears(/[^]/);
    await untilQuiet();
    await erase(patient);
    await desk.simulators.telnyx.receiveText({ ...text, eventId: newId() });
    await untilQuiet();
    expect(await traces(patient.number, 'Xanthippe')).toEqual([]);
  }, 60_000);

  it('that comes while the erasure runs is erased with the rest, or is a stranger’s first', async () => {
    const patient = desk.patient();
    for (let round = 0; round < 6; round++) {
      const names = Array.from({ length: 4 }, (_, n) => `Quirin${round}x${n}`);
      await Promise.all([...names.map((name) => patient.text(`I am ${name}`)), erase(patient)]);
      const { rows } = await desk.rows.query<{ name: string; texts: number; webhooks: number }>(
        `select name, (select count(*)::int from inbound_messages where body like '%' || name) as texts,
           (select count(*)::int from webhook_events where payload::text like '%' || name || '"%') as webhooks
         from unnest($1::text[]) as name`,
        [names],
      );
      expect(rows.filter(({ texts, webhooks }) => texts !== webhooks)).toEqual([]);
    }
    await erase(patient);
    await untilQuiet();
    expect(await traces(patient.number, 'Quirin')).toEqual([]);
  }, 60_000);

  it('of somebody who was erased is a stranger’s; after a STOP it stays unanswered', async () => {
    const [patient, silent] = [desk.patient(), desk.patient()];
    await patient.ask("Hi, I'm Philomena, a new client");
    await silent.ask('Hi');
    await silent.text('STOP');
    await untilQuiet();
    await Promise.all([erase(patient), erase(silent)]);
    expect(await patient.ask('Hello')).toContain(clinic.name);
    const heard = silent.texts().length;
    await silent.text('Hello again');
    await untilQuiet();
    expect(silent.texts()).toHaveLength(heard);
    expect(await desk.count('from opt_outs where phone = $1', silent.number)).toBe(1);
  }, 60_000);
});
