import { describe, expect, it } from '@jest/globals';
import { friendlyModel } from './friendly-model.ts';
import { aRequest, heldTime, knownPerson, threeTimes } from './test-request.ts';

type Moment = Parameters<typeof aRequest>[0];

const calls = (moment: Moment) =>
  friendlyModel(aRequest(moment)).content.flatMap(({ toolUse }) => (toolUse ? [[toolUse.name, toolUse.input]] : []));
const words = (moment: Moment) =>
  friendlyModel(aRequest(moment))
    .content.map(({ text }) => text ?? '(a call)')
    .join(' ');

const times = { times: threeTimes.map(({ timeId, ...rest }) => ({ time_id: timeId, ...rest })) };
const offered = { ...knownPerson, offeredTimes: threeTimes };

describe('times', () => {
  const saved = {
    name: 'save_details',
    input: { days: ['tuesday'] },
    result: { person: knownPerson.person, still_to_learn: [] },
  };

  it('are looked up as soon as nothing is missing', () => {
    const step = {
      name: 'save_details',
      input: { days: ['tuesday'] },
      result: { person: knownPerson.person, still_to_learn: [] },
    };
    expect(calls({ said: 'Tuesday', facts: knownPerson, steps: [step] })).toEqual([['find_times', {}]]);
  });

  it('are looked up for the days of the calendar that were named, also a text earlier', () => {
    const step = { name: 'save_details', input: {}, result: { person: knownPerson.person, still_to_learn: [] } };
    expect(calls({ said: 'next week', facts: knownPerson, steps: [step] })).toEqual([
      ['find_times', { from_date: '2026-11-23', until_date: '2026-11-29' }],
    ]);
  });

  it('are put into one sentence with day, time and practitioner', () => {
    const reply = words({
      said: 'what times do you have?',
      facts: knownPerson,
      steps: [{ name: 'find_times', result: times }],
    });
    expect(reply).toBe(
      'For your Botox visit I have Tue, Nov 24, 2:30 PM with Jessica Martinez; Tue, Nov 24, 4 PM with Amanda Wilson; or Thu, Nov 26, 10:15 AM with Jessica Martinez. Which one works best?',
    );
  });

  it('found in this turn are shown before one is held, though the facts already list them', () => {
    const moment = { said: 'Tuesday at 4', facts: offered, steps: [saved, { name: 'find_times', result: times }] };
    expect(calls(moment)).toEqual([]);
  });

  it('that do not fit the wish are called the closest', () => {
    const steps = [saved, { name: 'find_times', result: { ...times, note: 'Nothing on Monday.' } }];
    expect(words({ said: 'any openings monday?', facts: knownPerson, steps })).toMatch(/closest/);
  });

  it('are asked for again when none suits', () => {
    expect(calls({ said: 'do you have anything later?', facts: offered })).toEqual([
      ['find_times', { from_date: '2026-11-27' }],
    ]);
  });

  it('that are not there are admitted', () => {
    expect(
      words({ said: 'any openings?', facts: knownPerson, steps: [{ name: 'find_times', result: { times: [] } }] }),
    ).toMatch(/don't see any open times/);
  });
});

describe('choosing', () => {
  it('holds the time, puts the deposit question, and says it as it was given', () => {
    const hold = {
      name: 'hold_time',
      input: { time_id: 't1' },
      result: {
        held: true,
        label: 'Tue, Nov 24, 2:30 PM',
        practitioner: 'Jessica Martinez',
        service: 'Botox',
        deposit: '$50',
      },
    };
    const offer = { name: 'offer_deposit', result: { ask: 'Shall I text you the link for the $50 deposit?' } };
    expect(calls({ said: '2:30', facts: offered })).toEqual([['hold_time', { time_id: 't1' }]]);
    expect(calls({ said: '2:30', facts: heldTime, steps: [hold] })).toEqual([['offer_deposit', {}]]);
    expect(words({ said: '2:30', facts: heldTime, steps: [hold, offer] })).toMatch(
      /holding Tue, Nov 24, 2:30 PM with Jessica Martinez for you\. Shall I text you the link for the \$50 deposit\?$/,
    );
  });

  it('looks for other times when that one was taken', () => {
    const hold = { name: 'hold_time', input: { time_id: 't1' }, result: { error: 'taken' }, isError: true };
    const offeringOthers = { ...hold, result: { error: 'taken', ...times } };
    expect(calls({ said: 'the first', facts: offered, steps: [hold] })).toEqual([['find_times', {}]]);
    expect(words({ said: 'the first', facts: offered, steps: [offeringOthers] })).toMatch(
      /just taken.*I still have Tue/,
    );
    expect(words({ said: 'the first', facts: offered, steps: [hold, { name: 'find_times', result: times }] })).toMatch(
      /just taken.*I still have Tue/,
    );
  });

  it('asks which when the words fit several', () => {
    expect(words({ said: 'Tuesday works', facts: offered })).toMatch(
      /^Would you like Tue, Nov 24, 2:30 PM .* or Tue, Nov 24, 4 PM/,
    );
  });

  it('asks the deposit question again on a doubtful yes, and lets a no be', () => {
    expect(calls({ said: 'ok but is that refundable later', facts: heldTime })).toContainEqual(['offer_deposit', {}]);
    expect(calls({ said: 'no thanks', facts: heldTime })).toEqual([]);
    expect(words({ said: 'no thanks', facts: heldTime })).toMatch(/^No problem/);
  });

  it('says that the team finishes the booking when money is due and cannot be asked for', () => {
    const hold = {
      name: 'hold_time',
      input: { time_id: 't1' },
      result: { label: 'Tue, Nov 24, 2:30 PM', practitioner: 'J', deposit: '$50' },
    };
    const offer = { name: 'offer_deposit', result: { error: 'no account' }, isError: true };
    expect(words({ said: '1', facts: heldTime, steps: [hold, offer] })).toMatch(/Our team will call you/);
  });
});

describe('afterwards', () => {
  it.each([
    ['requested', 'thanks', /on its way/],
    ['link_sent', 'where is my link?', /in the text above/],
    ['failed', 'hm', /try the same link again/],
  ])('says where a deposit that is %s stands', (status, said, expected) => {
    expect(words({ said, facts: { ...heldTime, deposit: { status, amount: '$50' } } })).toMatch(expected);
  });

  it('knows the booked visit and leaves changes to people', () => {
    const booked = {
      ...heldTime,
      appointment: {
        state: 'confirmed',
        label: 'Tue, Nov 24, 2:30 PM',
        service: 'Botox',
        practitioner: 'Jessica Martinez',
      },
      deposit: { status: 'paid', amount: '$50' },
    };
    expect(words({ said: 'when is my appointment?', facts: booked })).toMatch(
      /booked for Botox on Tue, Nov 24, 2:30 PM/,
    );
    expect(words({ said: 'thank you!', facts: booked })).toMatch(/welcome/);
    expect(calls({ said: 'I need to reschedule', facts: booked })).toMatchObject([['hand_over', {}]]);
  });
});
