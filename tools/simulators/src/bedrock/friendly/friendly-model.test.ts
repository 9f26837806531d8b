import { describe, expect, it } from '@jest/globals';
import { friendlyModel } from './friendly-model.ts';
import { aRequest, knownPerson, noFacts } from './test-request.ts';

type Moment = Parameters<typeof aRequest>[0];

const calls = (moment: Moment) =>
  friendlyModel(aRequest(moment)).content.flatMap(({ toolUse }) => (toolUse ? [[toolUse.name, toolUse.input]] : []));
const words = (moment: Moment) =>
  friendlyModel(aRequest(moment))
    .content.map(({ text }) => text ?? '(a call)')
    .join(' ');

const person = (more: object) => ({ ...noFacts.person, ...more });

describe('a person who wants no more texts', () => {
  it.each([
    ['I moved to Portland in June and found someone great, so you can cross me off, ok?'],
    ['Mire, ya cambié de clínica y prefiero que se olviden de mí'],
  ])('is understood where no list of wordings has it: %s', (said) => {
    expect(calls({ said })).toEqual([['note_wish_for_no_texts', { quote: said }]]);
  });

  it('is quoted with the one text that says it', () => {
    expect(calls({ said: 'Hi it is Ana\nplease just cross me off' })).toEqual([
      ['note_wish_for_no_texts', { quote: 'please just cross me off' }],
    ]);
  });

  it('is not seen in a visit to cancel', () => {
    expect(JSON.stringify(calls({ said: 'Please cross out Friday, I cannot make it' }))).not.toContain('no_texts');
  });
});

describe('a picture', () => {
  it.each(['[picture]', '[picture] [picture]', 'Can I get rid of this?\n[video]'])(
    'is owned up to not having been seen: %s',
    (said) => {
      const answer = words({ said });
      expect(answer).toMatch(/can't look at pictures or files here, but our team can/);
      expect(answer).not.toMatch(/empty/);
    },
  );

  it('changes nothing in how the words with it are understood', () => {
    expect(calls({ said: "Hi I'm Ana, new client [picture]" })).toEqual(calls({ said: "Hi I'm Ana, new client" }));
  });
});

describe('learning about the person', () => {
  it.each<[string, string | undefined, object]>([
    [
      "Hi I'm Ana, new client, want botox Tuesday afternoon",
      undefined,
      {
        first_name: 'Ana',
        service: 'Botox',
        patient_type: 'new',
        days: ['tuesday'],
        from_time: '12:00',
        until_time: '17:00',
      },
    ],
    ['ana garcia', 'May I have your first name?', { first_name: 'Ana' }],
    ['Kim, and can you fix my 11s?', 'May I have your first name?', { first_name: 'Kim', service: 'Botox' }],
    [
      'Ana, new, lip filler, anytime',
      undefined,
      { first_name: 'Ana', service: 'Dermal filler', patient_type: 'new', any_time: true },
    ],
    [
      'im dana, existing client interested in weight loss',
      undefined,
      { first_name: 'Dana', service: 'weight loss', patient_type: 'returning' },
    ],
    ['nope', 'Have you been to Radiance before?', { patient_type: 'new' }],
    ['yes a few times', 'Have you been to Radiance before?', { patient_type: 'returning' }],
    [
      'weekday mornings',
      'Which days and times usually work best for you?',
      { days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'], until_time: '12:00' },
    ],
    ['after 3 on mon or wed', undefined, { days: ['monday', 'wednesday'], from_time: '15:00' }],
    ['whenever', 'Which days and times usually work best for you?', { any_time: true }],
    ['botx', 'What treatment would you like to come in for?', { service: 'Botox' }],
    ['massage', 'What treatment would you like to come in for?', { service: 'massage' }],
  ])('"%s" saves what it says', (said, lastWords, input) => {
    expect(calls({ said, ...(lastWords === undefined ? {} : { lastWords }) })).toEqual([['save_details', input]]);
  });

  it.each([
    ["I'm still deciding"],
    ["I'm good thanks"],
    ["I'm in weight loss pain"],
    ['No problem, yes'],
    ["I'm on my way"],
  ])('"%s" names nobody', (said) => {
    expect(JSON.stringify(calls({ said }))).not.toContain('first_name');
  });

  it('asks one thing at a time, in the order of what is missing', () => {
    const saved = (still_to_learn: string[], more: object) =>
      words({
        said: 'botox',
        lastWords: 'How can I help you today?',
        steps: [
          {
            name: 'save_details',
            input: { service: 'Botox' },
            result: { person: person({ service: 'Botox', ...more }), still_to_learn },
          },
        ],
      });
    expect(saved(['first_name', 'patient_type'], {})).toMatch(/Happy to help with that! May I have your first name\?$/);
    expect(saved(['patient_type', 'preferred_times'], {})).toMatch(/been to Radiance before\?$/);
    expect(saved(['preferred_times'], {})).toMatch(/days and times/);
  });

  it('says so when a treatment is not on the menu', () => {
    const step = {
      name: 'save_details',
      input: { service: 'massage' },
      result: {
        person: noFacts.person,
        still_to_learn: ['service'],
        refused: [{ field: 'service', reason: 'unknown' }],
      },
    };
    expect(
      words({ said: 'massage', lastWords: 'What treatment would you like to come in for?', steps: [step] }),
    ).toMatch(/^I don't see that on our menu. We offer Botox, Dermal filler and Laser hair removal/);
  });
});

describe('greeting', () => {
  it('happens once, and says who is speaking', () => {
    const first = words({ said: 'Hi', facts: { greeted: false } });
    expect(first).toMatch(/virtual receptionist.*Reply STOP to opt out\.$/);
    expect(words({ said: 'Hi' })).not.toMatch(/receptionist|STOP/);
  });
});

describe('questions', () => {
  it('are looked up in the words of the patient', () => {
    expect(calls({ said: 'is parking free?' })).toEqual([['look_up_facts', { question: 'is parking free?' }]]);
  });

  it('about "it" are looked up with the treatment', () => {
    expect(calls({ said: 'how much is it?', facts: knownPerson })).toEqual([
      ['look_up_facts', { question: 'how much is Botox?' }],
    ]);
  });

  it('are answered in the words of the best fitting fact', () => {
    const facts = [
      { topic: 'How long Botox lasts', answer: 'It lasts 3 to 4 months.' },
      { topic: 'Botox price', answer: 'Botox is $12 per unit.' },
    ];
    const asked = (said: string) =>
      words({ said, facts: knownPerson, steps: [{ name: 'look_up_facts', result: { facts } }] });
    expect(asked('how much is botox?')).toMatch(/^Botox is \$12 per unit\./);
    expect(asked('how long does botox last?')).toMatch(/^It lasts 3 to 4 months\./);
  });

  it('without an answer are offered to the team, and handed over on a yes', () => {
    const answer = words({ said: 'what should I bring?', steps: [{ name: 'look_up_facts', result: { facts: [] } }] });
    expect(answer).toMatch(/someone from the team to get back to you\?$/);
    expect(calls({ said: 'yes please', lastWords: answer })).toMatchObject([['hand_over', {}]]);
  });

  it('about hours and address are answered from the facts', () => {
    expect(words({ said: 'Are you open Sunday?' })).toMatch(/Sunday closed/);
    expect(words({ said: 'where are you located?' })).toMatch(/7400 E Camelback Rd/);
  });
});

describe('handing over', () => {
  it.each([
    'I want to talk to a person',
    'can someone call me please',
    'this is the worst service, I want a refund',
    'Is my swelling normal after filler?',
    "I can't breathe",
    'hola, quiero una cita',
  ])('happens on "%s"', (said) => {
    expect(calls({ said })).toMatchObject([['hand_over', {}]]);
  });

  it.each([
    'are you a real person?',
    'can I get Botox on Friday?',
    'is the deposit refundable?',
    'I have been before, can I book botox',
  ])('does not happen on "%s"', (said) => {
    expect(calls({ said }).map(([name]) => name)).not.toContain('hand_over');
  });
});

describe('anything else', () => {
  it.each(['', '😊', 'lol', 'thanks!', 'ok', 'never mind', 'help', 'quick question', '?', 'x'.repeat(1_600)])(
    'is met with a kind sentence: "%s"',
    (said) => {
      const reply = friendlyModel(
        aRequest({ said, steps: said === '?' ? [{ name: 'look_up_facts', result: { facts: [] } }] : [] }),
      );
      expect(reply.stopReason).toBe('end_turn');
      expect(reply.content[0]?.text?.length).toBeGreaterThan(10);
    },
  );

  it('is answered without a word about the clinic when the facts cannot be read', () => {
    const request = aRequest({ said: 'Hi' });
    expect(friendlyModel({ ...request, body: { ...request.body, system: [] } }).content).toEqual([
      { text: 'Hi! How can I help you today?' },
    ]);
  });
});
