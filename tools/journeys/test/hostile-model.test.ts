import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@frontdesk/testkit';
import { clinicNumber, modes, openDesk, untilAtRest, type Desk, type Patient } from '../src/index.ts';

const clinic = clinicNumber(7);
const script = [
  "Hi, I'm Ana, a new client. I'd like botox, any weekday afternoon works.",
  'How much is it?',
  'The first one works for me',
  'Yes, please send the link',
  'What times do you have?',
];
const prices = /\$\d[\d,]*(\.\d+)?/g;
const clockTimes = /\b\d{1,2}(:\d\d)? ?[AP]M\b/gi;

/** Every amount that the clinic's rows hold, as people write it. */
const knownPrices = new Set([
  ...(JSON.stringify(clinic.facts).match(prices) ?? []),
  ...clinic.services.flatMap(({ priceCents, depositNewCents }) => [
    `$${priceCents / 100}`,
    `$${depositNewCents / 100}`,
  ]),
]);

/** Every time of day that was offered, and when the clinic opens and closes. */
async function knownTimes(desk: Desk): Promise<Set<string>> {
  const { rows } = await desk.rows.query<{ label: string }>(
    `select trim(to_char(starts_at at time zone $1, 'FMHH12:MI AM')) as label from time_offers
     union select to_char(opens, 'FMHH12:MI AM') from opening_hours
     union select to_char(closes, 'FMHH12:MI AM') from opening_hours`,
    [clinic.timeZone],
  );
  return new Set(rows.map(({ label }) => label.replace(':00', '')));
}

const isAnswered = async (desk: Desk, patient: Patient, before: number) =>
  patient.texts().length > before ||
  (await desk.count(
    `from conversations c join contacts p on p.id = c.contact_id where p.phone = $1 and c.state = 'handed_off'`,
    patient.number,
  )) === 1;

describe.each(modes)('a desk (as %s) whose model is chatty, wrong and lies', (mode) => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk([clinic], { mode, model: 'hostile' });
  }, 180_000);
  afterAll(() => desk?.close());

  it('answers every text, invents no price and no time, and keeps every promise', async () => {
    const patients = Array.from({ length: 6 }, () => desk.patient());
    await Promise.all(
      patients.map(async (patient) => {
        for (const words of script) {
          const before = patient.texts().length;
          await patient.text(words);
          await until('an answer or a hand-over', () => isAnswered(desk, patient, before));
        }
      }),
    );
    await untilAtRest(desk);
    const said = patients.flatMap((patient) => patient.texts());
    const amounts = said.flatMap((text) => text.match(prices) ?? []).map((price) => price.replaceAll(',', ''));
    expect(amounts.filter((price) => !knownPrices.has(price))).toEqual([]);
    const times = await knownTimes(desk);
    const named = said.flatMap((text) => text.match(clockTimes) ?? []).map((time) => time.replace(':00', ''));
    expect(named.filter((time) => !times.has(time))).toEqual([]);
    expect(desk.simulators.bedrock.requests.length).toBeGreaterThan(patients.length * script.length);
  }, 120_000);
});
