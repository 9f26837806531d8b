import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
    expect(await ana.openTexts()).toBe(0);
  });

  it('is asked six times at most in one turn', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hello');
    const model = scripted(...Array.from({ length: 9 }, () => lookUp));
    await answerWith(scene, model)(ana);
    expect(model.requests).toHaveLength(6);
  });
});
