import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clinicNumber, eventually, openDesk, untilAtRest, type Desk } from '../src/index.ts';

const clinic = clinicNumber(7);
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk([clinic], { model: 'hostile' });
}, 60_000);
afterAll(() => desk?.close());

const script = [
  "Hi, I'm Ana, a new client. I'd like botox, any weekday afternoon works.",
  'How much is it?',
  'The first one works for me',
  'Yes, please send the link',
  'What times do you have?',
];
const prices = /\$\d[\d,.]*/g;

describe('a desk whose model is chatty, wrong and lies', () => {
  it('answers every text, invents no price and keeps every promise', async () => {
    const patients = Array.from({ length: 5 }, () => desk.patient());
    await Promise.all(
      patients.map(async (patient) => {
        for (const words of script) {
          const before = patient.texts().length;
          await patient.text(words);
          await eventually(
            'an answer or a hand-over',
            async () => {
              if (patient.texts().length > before) return true;
              const { rows } = await desk.rows.query(
                `select 1 from conversations c join contacts p on p.id = c.contact_id where p.phone = $1 and c.state = 'handed_off'`,
                [patient.number],
              );
              return rows.length > 0;
            },
            30_000,
          );
        }
      }),
    );
    const known = new Set(
      [
        ...JSON.stringify(clinic.facts).matchAll(prices),
        ...clinic.services.map(({ priceCents }) => [`$${priceCents / 100}`]),
        ['$50'],
      ].map(([price]) => String(price).replace(/[.,]$/, '').replace(/\.00$/, '')),
    );
    const said = patients
      .flatMap((patient) => patient.texts())
      .flatMap((text) => [...text.matchAll(prices)].map(([price]) => price.replace(/[.,]$/, '')));
    expect(said.filter((price) => !known.has(price.replace(/,/g, '')))).toEqual([]);
    await untilAtRest(desk);
  }, 120_000);
});
