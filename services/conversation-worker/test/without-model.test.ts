import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { answerWith, meet, newClinic, openScene, type Scene } from './scene.ts';
import { calls, says, scripted } from './scripted-model.ts';

let scene: Scene;
let clinic: ClinicDefinition;
beforeAll(async () => {
  scene = await openScene();
  clinic = await newClinic(scene);
});
afterAll(() => scene.server.close());

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
    expect(await ana.openTexts()).toBe(0);
  });

  it('after a hand-over the team hears of further texts, once an hour', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('I want to talk to a person');
    await answerWith(
      scene,
      scripted(calls(['hand_over', { reason: 'asked' }]), says('Of course, our team will text you.')),
    )(ana);
    for (const words of ['are you there?', 'hello?', 'still waiting']) {
      await ana.texts(words);
      await answerWith(scene, scripted())(ana);
    }
    const line = ana.phone.slice(-4);
    const notices = (await ana.notices()).filter((notice) => notice.includes(line));
    expect(notices.filter((notice) => notice.includes('wrote again'))).toHaveLength(1);
    expect(notices).toHaveLength(2);
  });

  it('a day after a hand-over the desk answers again', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('I want to talk to a person');
    await answerWith(
      scene,
      scripted(calls(['hand_over', { reason: 'asked' }]), says('Of course, our team will text you.')),
    )(ana);
    await scene.server.owner.query(
      `update conversations set handed_off_at = handed_off_at - interval '1 day' where id = $1`,
      [ana.conversationId],
    );
    await ana.texts('Hi, do you do facials?');
    await answerWith(scene, scripted(says('We do. May I have your first name?')))(ana);
    expect((await ana.heard()).at(-1)).toContain('May I have your first name?');
  });

  it('whoever gets a reply to everything, as a machine would, is handed over after so many in an hour', async () => {
    const ana = await meet(scene, clinic);
    const answer = (model: ReturnType<typeof scripted>) =>
      answerWith(scene, model, { settings: { mostRepliesPerHour: 3 } })(ana);
    for (const words of ['one', 'two', 'three']) {
      await ana.texts(words);
      await answer(scripted(says(`You said ${words}?`)));
    }
    await ana.texts('four');
    expect(await answer(scripted())).toBe('fell-back');
    expect((await ana.heard()).at(-1)).toMatch(/passed our conversation on to our team/);
    expect(await ana.tasks()).toContainEqual(expect.objectContaining({ kind: 'hand-off' }));
    await ana.texts('five');
    expect(await answer(scripted())).toBe('silent');
    expect(await ana.heard()).toHaveLength(4);
  });

  it('after a hand-over the desk is silent, but for an emergency', async () => {
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
    await ana.texts('now I can not breathe');
    await answerWith(scene, scripted())(ana);
    expect((await ana.heard()).at(-1)).toMatch(/call 911/);
  });

  it.each(['', '   ', '🙂', 'a'.repeat(1600)])('%j is a text like any other', async (words) => {
    const ana = await meet(scene, clinic);
    await ana.texts(words);
    await answerWith(scene, scripted(says('How can I help?')))(ana);
    expect(await ana.heard()).toHaveLength(1);
  });
});
