import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { answerWith, meet, newClinic, openScene, type Patient, type Scene } from './scene.ts';
import { calls, cutOff, lastResults, says, scripted } from './scripted-model.ts';

let scene: Scene;
let clinic: ClinicDefinition;
beforeAll(async () => {
  scene = await openScene();
  clinic = await newClinic(scene);
});
afterAll(() => scene.server.close());

const openTexts = async ({ conversationId }: Patient) =>
  (
    await scene.server.owner.query('select 1 from inbound_messages where conversation_id = $1 and handled_by is null', [
      conversationId,
    ])
  ).rows.length;
const expireLease = ({ orgId, conversationId }: Patient) =>
  scene.worker.inTenant(
    orgId,
    (tx) => tx.$executeRaw`update conversations set leased_until = now() - interval '1 second'
      where org_id = ${orgId}::uuid and id = ${conversationId}::uuid`,
  );

describe('a turn', () => {
  it('answers a burst of texts once, with all of them in order', async () => {
    const ana = await meet(scene, clinic);
    for (const words of ['Hi', 'I am Ana', 'do you have parking?']) await ana.texts(words);
    const model = scripted(says('Hi Ana! Let me see.'));
    await answerWith(scene, model)(ana);
    expect(await ana.heard()).toHaveLength(1);
    expect(model.requests[0]?.turns).toEqual([
      { role: 'user', content: ['Hi', 'I am Ana', 'do you have parking?'].map((text) => ({ kind: 'text', text })) },
    ]);
    expect(await openTexts(ana)).toBe(0);
    expect(await answerWith(scene, scripted())(ana)).toBe('nothing');
  });

  it('waits for a person who is still writing, only as long as needed', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hi');
    const waits: number[] = [];
    const wait = async (ms: number) => {
      waits.push(ms);
      await sleep(ms);
      if (waits.length === 1) await ana.texts('one more');
    };
    await answerWith(scene, scripted(says('Hello!')), { settings: { burstQuietMs: 60 }, wait })(ana);
    expect(waits.length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60);
    expect(await ana.heard()).toHaveLength(1);
    expect(await openTexts(ana)).toBe(0);
  });

  it('is superseded by a text that comes while the model thinks, and answers both', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('How much is botox?');
    const model = scripted(async () => {
      await ana.texts('I meant a facial');
      return says('Botox is $12 per unit.');
    }, says('A facial is $199.'));
    await answerWith(scene, model)(ana);
    expect(await ana.heard()).toEqual([expect.stringContaining('$199')]);
    expect((await ana.turns()).map(({ state }) => state)).toEqual(['superseded', 'answered']);
    expect(model.requests[1]?.turns[0]?.content).toHaveLength(2);
  });

  it('starts over a bounded number of times for a person who never stops', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hi');
    const busy = async () => {
      await ana.texts('and');
      return says('Hello there.');
    };
    await answerWith(scene, scripted(busy, busy, busy))(ana);
    expect(await ana.heard()).toHaveLength(1);
    expect(await openTexts(ana)).toBe(1);
    await answerWith(scene, scripted(says('Go on.')))(ana);
    expect(await openTexts(ana)).toBe(0);
  });

  it('waits for its own: a second worker is turned away while one runs', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hi');
    const model = scripted(async () => {
      await expect(answerWith(scene, scripted())(ana)).rejects.toMatchObject({ kind: 'transient' });
      return says('Hello!');
    });
    await answerWith(scene, model)(ana);
    expect(await ana.heard()).toHaveLength(1);
  });

  it('that died goes on from its stored step: the model is not asked for it again and no effect comes twice', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts("I'm Ana");
    const dies = scripted(calls(['save_details', { first_name: 'Ana' }], ['hand_over', { reason: 'asked' }]), () => {
      throw new Error('cut off by the test');
    });
    const broken = { ...scene, worker: { ...scene.worker, inTenant: failsAt(5, scene.worker.inTenant) } };
    await expect(answerWith(broken, dies)(ana)).rejects.toThrow('the process is gone');
    expect(await ana.turns()).toMatchObject([{ state: 'running' }]);
    expect(await ana.tasks()).toHaveLength(1);
    await expireLease(ana);
    const model = scripted((request) => {
      expect(lastResults(request)).toHaveLength(2);
      return says('I have asked a colleague, Ana. They will text you.');
    });
    await answerWith(scene, model)(ana);
    expect(model.requests).toHaveLength(1);
    expect(await ana.turns()).toMatchObject([{ state: 'answered' }]);
    expect(await ana.tasks()).toHaveLength(1);
    expect(await ana.heard()).toHaveLength(1);
  });

  const overtaken = (ana: Patient, settings = {}) => {
    const model = scripted(async () => {
      await expireLease(ana);
      await ana.texts('and parking?');
      await answerWith(scene, scripted(says('The second worker was here.')))(ana);
      return says('The first worker comes too late.');
    });
    return answerWith(scene, model, { settings })(ana);
  };

  it('that lost its lease may write nothing more', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hi');
    await expect(overtaken(ana)).rejects.toMatchObject({ name: 'StaleLease' });
    expect(await ana.heard()).toEqual([expect.stringContaining('second worker')]);
  });

  it('would speak twice if the fence were not checked', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hi');
    await overtaken(ana, { fence: 'unchecked' });
    expect(await ana.heard()).toHaveLength(2);
  });
});

describe('what the model wants that cannot be', () => {
  const refused = async (patient: Patient, ...tools: [string, unknown][]) => {
    const model = scripted(calls(...tools), says('How may I help you?'));
    await answerWith(scene, model)(patient);
    const [, second] = model.requests;
    if (second === undefined) throw new Error('the model was not told');
    return lastResults(second);
  };

  it.each<[string, [string, unknown], RegExp]>([
    ['an unknown tool', ['book_now', {}], /no tool of that name/],
    ['a tool of the language itself', ['constructor', {}], /no tool of that name/],
    ['wrong arguments', ['hold_time', { id: 7 }], /does not fit.*time_id/],
    ['no arguments at all', ['look_up_facts', null], /does not fit/],
    ['times before anything is known', ['find_times', {}], /First learn first_name, service/],
    ['a hold of nothing on offer', ['hold_time', { time_id: newId() }], /No time is on offer/],
    ['a deposit without a visit', ['offer_deposit', {}], /No time is held/],
  ])('%s is refused, the model is told what to do, and the trace keeps it', async (_, tool, error) => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hello');
    const [result] = await refused(ana, tool);
    expect(result).toEqual({ isError: true, result: expect.objectContaining({ error: expect.stringMatching(error) }) });
    const { rows } = await scene.server.owner.query(
      'select tool_results from turn_steps s join turns t on t.id = s.turn_id where t.conversation_id = $1 and step = 0',
      [ana.conversationId],
    );
    expect(rows).toMatchObject([{ tool_results: { results: [{ isError: true }] } }]);
  });

  it("another person's offered time is not held", async () => {
    const [ana, eve] = [await meet(scene, clinic), await meet(scene, clinic)];
    const details = { first_name: 'Ana', service: 'botox', patient_type: 'new', days: ['tuesday'] };
    let stolen = '';
    for (const patient of [ana, eve]) {
      await patient.texts("I'm Ana, new, botox on tuesday");
      const model = scripted(calls(['save_details', details], ['find_times', {}]), (request) => {
        const [first] = Object(lastResults(request)[1]?.result['times']) as { time_id: string; label: string }[]; // as find_times answers
        if (patient === ana) stolen = first?.time_id ?? '';
        return says(`I have ${first?.label ?? ''}.`);
      });
      await answerWith(scene, model)(patient);
    }
    await eve.texts('that one');
    const [result] = await refused(eve, ['hold_time', { time_id: stolen }]);
    expect(result).toMatchObject({
      isError: true,
      result: { error: expect.stringMatching(/not offered to this person/) },
    });
  });

  it('details that the person never wrote are not saved', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts("I'm in weight loss and existing things");
    const [result] = await refused(ana, [
      'save_details',
      {
        first_name: 'in weight',
        service: 'Emsculpt',
        patient_type: 'new',
        days: ['monday'],
        from_time: '09:00',
        any_time: true,
      },
    ]);
    expect(result?.isError).toBe(true);
    expect(Object(result?.result['refused'])).toHaveLength(6);
    expect(await ana.lead()).toMatchObject({ first_name: null, service_id: null, preferred_days: [], any_time: false });
  });

  it('many calls at once, in the wrong order, do only what is in order', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts("Hi, I'm Ana");
    const tools: [string, unknown][] = [
      ['hold_time', { time_id: 'first' }],
      ['offer_deposit', { amount: 1 }],
      ['find_times', {}],
      ['save_details', { first_name: 'Ana' }],
      ...Array.from({ length: 8 }, (): [string, unknown] => ['look_up_facts', { question: 'price' }]),
    ];
    const results = await refused(ana, ...tools);
    expect(results.map(({ isError }) => isError)).toEqual([
      true,
      true,
      true,
      false,
      ...Array(4).fill(false),
      ...Array(4).fill(true),
    ]);
    expect(await ana.lead()).toMatchObject({ first_name: 'Ana' });
  });
});

describe('a reply that is not true', () => {
  it.each([
    ['a price', 'Botox is $9 per unit.', 'Botox is $12 per unit.'],
    ['a time', 'I have Tuesday at 3 PM.', 'Which days suit you?'],
    ['a promise', "You're all booked!", 'Which days suit you?'],
    ['a link', 'Pay at https://evil.example.com', 'Which days suit you?'],
  ])('with %s of its own is put to the model once more', async (_, lie, truth) => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hello');
    const model = scripted(says(lie), says(truth));
    await answerWith(scene, model)(ana);
    expect(await ana.heard()).toEqual([expect.stringContaining(truth)]);
    expect(JSON.stringify(model.requests[1]?.turns.at(-1))).toContain('Not on record');
  });

  it('never leaves when the model insists: code answers from records', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('How much is botox?');
    const model = scripted(
      calls(['look_up_facts', { question: 'How much is botox?' }]),
      says('Botox is only $5 today!'),
      says('Botox is $5, promise.'),
    );
    await answerWith(scene, model)(ana);
    const [heard] = await ana.heard();
    expect(heard).toContain('Botox is $12 per unit.');
    expect(heard).not.toContain('$5');
    expect(await ana.turns()).toMatchObject([{ state: 'answered', failure: 'unbound' }]);
    expect(await ana.lead()).toMatchObject({ tags: ['price-question'] });
  });

  it('is plain text with plain quotes, and not too long', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hello');
    await answerWith(scene, scripted(says(`**Sure!** It’s fine.\n- ${'We can help you with that. '.repeat(40)}`)))(ana);
    const [heard = ''] = await ana.heard();
    expect(heard).not.toMatch(/[*’\n]/);
    expect(heard.length).toBeLessThanOrEqual(480);
    expect(heard).toMatch(/Reply STOP to opt out\.$/);
  });
});

describe('a model that gives no answer', () => {
  const lookUp = calls(['look_up_facts', { question: 'x' }]);
  it.each([
    ['fails', () => scripted(), 'Error'],
    ['is cut off', () => scripted(cutOff('Sure, I')), 'cut-off'],
    ['says nothing', () => scripted(says('  ')), 'no-text'],
    ['never stops calling tools', () => scripted(...Array.from({ length: 9 }, () => lookUp)), 'max-rounds'],
    ['takes too long', () => scripted(() => new Promise<never>(() => {})), 'deadline'],
  ])('because it %s is covered by an honest text and a task for staff', async (_, model, failure) => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hello');
    expect(await answerWith(scene, model(), { settings: { deadlineMs: 150 } })(ana)).toBe('fell-back');
    expect(await ana.heard()).toEqual([expect.stringMatching(/A person from our team will text you back shortly/)]);
    expect(await ana.tasks()).toMatchObject([{ kind: 'hand-off' }]);
    expect(await ana.turns()).toMatchObject([{ state: 'fell-back', failure }]);
    expect(await openTexts(ana)).toBe(0);
  });

  it('is asked six times at most in one turn', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hello');
    const model = scripted(...Array.from({ length: 9 }, () => lookUp));
    await answerWith(scene, model)(ana);
    expect(model.requests).toHaveLength(6);
  });
});

describe('texts that code answers alone', () => {
  it('a card number gets the fixed answer', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('[card number removed] exp 12/27', { card: true });
    await answerWith(scene, scripted())(ana);
    expect(await ana.heard()).toEqual([expect.stringMatching(/never text card numbers/)]);
    const { rows } = await scene.server.owner.query(
      'select handled_by from inbound_messages where conversation_id = $1',
      [ana.conversationId],
    );
    expect(rows).toEqual([{ handled_by: 'card-answer' }]);
  });

  it('a personal health question goes to the clinic, and nothing of it to the model, the lead or the task', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('Is my swelling normal after filler?');
    await answerWith(scene, scripted())(ana);
    expect(await ana.heard()).toEqual([expect.stringMatching(/can't give medical advice.*911/)]);
    expect(JSON.stringify([await ana.lead(), await ana.tasks(), await ana.notices()])).not.toMatch(/swelling|filler/i);
    await ana.texts('ok, can I book a facial?');
    const model = scripted(says('Of course. May I have your first name?'));
    await answerWith(scene, model)(ana);
    expect(JSON.stringify(model.requests)).not.toMatch(/swelling/i);
    expect(await ana.heard()).toHaveLength(2);
  });

  it('an emergency is sent to 911 and handed over; the desk then is silent', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts("I can't breathe");
    await answerWith(scene, scripted())(ana);
    expect(await ana.heard()).toEqual([expect.stringMatching(/call 911/)]);
    expect(await ana.tasks()).toMatchObject([{ kind: 'hand-off' }]);
    await ana.texts('hello?');
    expect(await answerWith(scene, scripted())(ana)).toBe('silent');
    expect(await ana.heard()).toHaveLength(1);
    expect(await openTexts(ana)).toBe(0);
  });

  it('after a hand-over the desk is silent, and says what it did before', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('I want to talk to a person');
    const model = scripted(
      calls(['hand_over', { reason: 'her rash' }]),
      says('Of course, someone from our team will text you.'),
    );
    await answerWith(scene, model)(ana);
    expect(await ana.heard()).toEqual([expect.stringContaining('someone from our team will text you')]);
    expect(JSON.stringify([await ana.tasks(), await ana.notices()])).not.toContain('rash');
    await ana.texts('thanks');
    expect(await answerWith(scene, scripted())(ana)).toBe('silent');
  });

  it.each(['', '   ', '🙂', 'a'.repeat(1600)])('%j is a text like any other', async (words) => {
    const ana = await meet(scene, clinic);
    await ana.texts(words);
    await answerWith(scene, scripted(says('How can I help?')))(ana);
    expect(await ana.heard()).toHaveLength(1);
  });
});

/** A database whose n-th transaction never happens: the process is gone. */
function failsAt(n: number, inTenant: Scene['worker']['inTenant']): Scene['worker']['inTenant'] {
  let count = 0;
  return (orgId, work) => {
    count += 1;
    if (count >= n) return Promise.reject(new Error('the process is gone'));
    return inTenant(orgId, work);
  };
}
