import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { money } from '@frontdesk/kernel';
import { bindToRecords } from './fact-binding.ts';
import { emptyPromises } from './promises.ts';
import type { Records } from './records.ts';

const service = (name: string, dollars: number, minutes: number, aliases: string[] = []) => ({
  id: name,
  name,
  aliases,
  price: money(dollars * 100, 'USD'),
  minutes,
});
const records: Records = {
  clinicName: 'Radiance Medspa',
  today: Temporal.PlainDate.from('2026-11-20'),
  times: [
    { date: Temporal.PlainDate.from('2026-11-24'), minute: 14 * 60 + 30, practitioner: 'Jessica Martinez' },
    { date: Temporal.PlainDate.from('2026-11-25'), minute: 13 * 60, practitioner: 'Dr. Sarah Chen' },
    { date: Temporal.PlainDate.from('2026-11-27'), minute: 12 * 60 + 15, practitioner: 'Dr. Sarah Chen' },
  ],
  hours: new Map([
    [1, { opens: 540, closes: 1080 }],
    [2, { opens: 600, closes: 1140 }],
    [3, { opens: 540, closes: 1080 }],
    [4, { opens: 600, closes: 1140 }],
    [5, { opens: 540, closes: 1020 }],
    [6, { opens: 540, closes: 960 }],
  ]),
  services: [
    service('Botox', 12, 15, ['tox']),
    service('Dermal filler', 650, 30, ['filler', 'lip filler']),
    service('Facial', 199, 60),
  ],
  deposits: [money(5000, 'USD')],
  holdMinutes: 15,
  texts: [
    '7400 E Camelback Rd, Scottsdale, AZ 85251',
    'Botox is $12 per unit. A typical visit takes 20 to 50 units.',
    'Cancel at least 24 hours before the visit and the deposit is refunded. A referral earns $50. First treatment 10% off.',
    'Amanda Wilson, RN does laser and skin treatments. It is refundable and goes toward the service.',
    'Ana',
  ],
  said: ["Hi, I'm Ana, I'd like botox", 'after 2pm on tuesday or wednesday, the earlier the better'],
  preferredDays: [2, 3],
};
const unbound = (reply: string, change: Partial<Records> = {}) =>
  bindToRecords(reply, { ...records, ...change }).unbound;

describe('a reply that states what is on record', () => {
  it.each([
    'Hi Ana! I have Tue, Nov 24, 2:30 PM; Wed, Nov 25, 1 PM or Fri, Nov 27, 12:15 PM. Which works best?',
    'Great news: Tuesday at 2:30 PM with Jessica Martinez or Wednesday at 1 PM with Dr. Chen.',
    'I can offer 2:30 pm on Tuesday, November 24th.',
    'Botox is $12 per unit, and most visits take 20 to 50 units.',
    'The $50 deposit is refundable and goes toward the service.',
    'We are open Monday 9 AM to 6 PM and Saturday 9-4.',
    'We are closed on Sundays.',
    'You can cancel up to 24 hours before.',
    'Our address is 7400 E Camelback Rd, Scottsdale, AZ 85251.',
    'A Botox visit takes about 15 minutes.',
    'Sure, Ana. After 2 PM on Tuesday works for a search; one moment.',
    'Amanda Wilson, RN does laser treatments.',
    'New clients get 10% off their first treatment.',
    'I will hold it for 15 minutes.',
    'May I have your first name?',
    'Tomorrow we are open until 4 PM.',
    'Hi, this is the virtual receptionist of Radiance Medspa. How can I help? Reply STOP to opt out.',
    'A facial is $199. Would you like to book one?',
  ])('%s', (reply) => expect(unbound(reply)).toEqual([]));

  it('may name a clinic and a service that have numbers in their names', () => {
    const studio = { clinicName: 'Studio 54', services: [...records.services, service('Laser 360', 300, 30)] };
    expect(unbound("Hi! This is Studio 54's virtual receptionist. A Laser 360 visit is $300.", studio)).toEqual([]);
    expect(unbound('Welcome to Studio 54. We have 55 rooms, and 540 chairs.', studio)).toEqual(['55', '540']);
  });
});

describe('a reply that states what is not on record', () => {
  it.each([
    ['I have Tuesday at 3 PM.', '3 PM'],
    ['I have Wed at 2:30 PM.', '2:30 PM'],
    ['I have Wed, Nov 24 at 2:30 PM.', 'Wed, Nov 24'],
    ['How about Thursday?', 'Thursday'],
    ['I have 9 AM on Tuesday.', '9 AM'],
    ['You could come in at two tomorrow.', 'at two'],
    ['How about half past three?', 'half past three'],
    ['Tuesday at 2 PM is free.', '2 PM'],
    ['I can do 2pm or 2:30pm on Tuesday', '2pm'],
    ['Botox is $10 per unit.', '$10'],
    ['Botox is $650.', '$650'],
    ['Botox is ten dollars per unit.', 'ten dollars'],
    ['The deposit is $12.', '$12'],
    ['The deposit is $25.', '$25'],
    ['You get 20% off.', '20%'],
    ['Wed at 1 PM with Jessica Martinez.', '1 PM'],
    ['Dr. Smith has time for you.', 'Smith'],
    ['I can book you with Melissa.', 'Melissa'],
    ['Karen can see you.', 'Karen'],
    ['Pay here: https://pay.example.com/x', 'https://pay.example.com/x'],
    ['Go to radiance-pay.com', 'radiance-pay.com'],
    ['Call us at 555-123-4567.', '555-123-4567'],
    ['It lasts 8 months.', '8 months'],
    ['We are open Sunday.', 'Sunday'],
    ['We are open until 9 PM on Monday.', '9 PM'],
    ['The deposit is non-refundable.', 'non refundable'],
    ['We take insurance.', 'insurance'],
    ['Results are guaranteed.', 'guaranteed'],
    ['We are at 12 Main St.', 'Main'],
    ['Your visit is on Nov 30.', 'Nov 30'],
    ['It takes 90 minutes.', '90 minutes'],
  ])('%s', (reply, words) => expect(unbound(reply)).toContain(words));

  it('is found also where the lie is built from true parts, or from the wish of the person', () => {
    const known = new Set(records.times.map(({ date, minute }) => `${date.dayOfWeek} ${minute}`));
    const days = ['Mon', 'Tuesday', 'Wed', 'Thursday', 'Fri', 'Saturday', 'Sunday'];
    const clock = (minute: number) =>
      `${((Math.floor(minute / 60) + 11) % 12) + 1}:${String(minute % 60).padStart(2, '0')} ${minute < 720 ? 'AM' : 'PM'}`;
    const time = fc
      .record({ day: fc.integer({ min: 1, max: 7 }), minute: fc.integer({ min: 0, max: 95 }).map((n) => n * 15) })
      .filter(({ day, minute }) => !known.has(`${day} ${minute}`))
      .chain(({ day, minute }) => {
        const [name, at] = [days[day - 1] ?? '', clock(minute)];
        return fc.constantFrom(
          `I have ${name} at ${at} free.`,
          `How about ${at} on ${name}?`,
          `You can come in ${name}, ${at}.`,
          `We have an opening ${name} at ${at.replace(':00', '')}.`,
        );
      });
    const price = fc
      .integer({ min: 1, max: 3000 })
      .filter((dollars) => ![12, 50].includes(dollars))
      .chain((dollars) =>
        fc.constantFrom(`Botox is $${dollars} per unit.`, `The deposit for Botox is ${dollars} dollars.`),
      );
    const name = fc
      .constantFrom('Melissa', 'Karen', 'Olivia Stone', 'Brandon', 'Priya')
      .chain((who) =>
        fc.constantFrom(`I can book you with ${who}.`, `Dr. ${who} does that.`, `${who} is available for you.`),
      );
    const other = fc.constantFrom(
      'We accept insurance for that.',
      'It lasts 11 months.',
      'You get 35% off.',
      'Pay at www.cheap.shop today.',
      'Call 602-555-0147 now.',
    );
    const truth = fc.constantFrom('', 'Sure, Ana! ', 'Botox is $12 per unit. ', 'I have Tue, Nov 24, 2:30 PM. ');
    fc.assert(
      fc.property(truth, fc.oneof(time, price, name, other), truth, (before, lie, after) => {
        expect(unbound(`${before}${lie} ${after}`)).not.toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe('what a reply says was done', () => {
  const none = { appointment: 'none', deposit: 'none', teamAsked: false } as const;
  it.each([
    "You're booked for Tuesday!",
    'You are all set.',
    "Not a problem, you're booked for Tuesday.",
    "Before I forget, you're booked for Tuesday.",
    "After checking with the team, you're booked.",
    'Your appointment is confirmed.',
    "I've booked you in.",
    'See you on Tuesday!',
    "I've reserved that time for you.",
    'That time is held for you.',
    'The link is on its way.',
    "I've sent you the payment link.",
    'Your deposit was received.',
    'Someone will call you shortly.',
    'Our team will reach out to you.',
    "I've passed it on to our team.",
    'I cancelled your visit.',
  ])('%s: is refused when it was not', (reply) => expect(emptyPromises(reply, none)).not.toEqual([]));

  it.each([
    'Once the deposit is paid your visit is confirmed.',
    'Shall I book it for you?',
    'It is not booked yet.',
    'Would you like someone to call you?',
    'Which day works best?',
    'Your time is held until you are booked.',
  ])('%s: may be said while a time is held', (reply) =>
    expect(emptyPromises(reply, { ...none, appointment: 'held' })).toEqual([]),
  );

  it('may be said when it is so', () => {
    expect(emptyPromises("You're booked. See you on Tuesday!", { ...none, appointment: 'confirmed' })).toEqual([]);
    expect(emptyPromises('The link is on its way.', { ...none, appointment: 'held', deposit: 'requested' })).toEqual(
      [],
    );
    expect(emptyPromises('Someone will call you.', { ...none, teamAsked: true })).toEqual([]);
  });
});
