import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { requestText } from '@frontdesk/messaging/postgres';
import { answerWith, meet, newClinic, now, openScene, type Patient, type Scene } from './scene.ts';
import { calls, lastResults, says, scripted } from './scripted-model.ts';

let scene: Scene;
let clinic: ClinicDefinition;
beforeAll(async () => {
  scene = await openScene();
  clinic = await newClinic(scene);
});
afterAll(() => scene.server.close());

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
    expect(await ana.openTexts()).toBe(0);
    expect(await answerWith(scene, scripted())(ana)).toBe('nothing');
  });

  it.each([['sms'], ['whatsapp'], ['whatsapp', 'sms'], ['sms', 'whatsapp']] as const)(
    'makes the lead of a person who began by %s',
    async (...channels) => {
      const ana = await meet(scene, clinic);
      for (const channel of channels) await ana.texts('Hi', { channel });
      await answerWith(scene, scripted(says('Hello!')))(ana);
      expect(await ana.lead()).toMatchObject({ source: channels[0] });
    },
  );

  it('shows the model the conversation in the order in which it was held', async () => {
    const ana = await meet(scene, clinic);
    let time = now;
    const clock = () => (time = time.add({ seconds: 20 }));
    const exchange = async (words: string, reply: string) => {
      await ana.texts(words);
      const model = scripted(says(reply));
      await answerWith(scene, model, { clock })(ana);
      return model.requests[0]?.turns.map(({ role, content }) => [role, ...content.map((part) => Object(part).text)]);
    };
    await exchange('Hi', 'Hello!');
    await ana.texts('I am Ana');
    await exchange('and new', 'Welcome!');
    expect(await exchange('botox', 'Lovely.')).toEqual([
      ['user', 'Hi'],
      ['assistant', expect.stringContaining('Hello!')],
      ['user', 'I am Ana', 'and new'],
      ['assistant', 'Welcome!'],
      ['user', 'botox'],
    ]);
  });

  it.each([
    ['staff', 'reply', 'by-hand', 1],
    ['a reminder', 'reminder', 'visit-reminder', 1],
    ['the desk itself', 'reply', 'turn', 0],
  ] as const)(
    'says who writes unless it has said so before: first came a text of %s',
    async (_, ofClass, kind, said) => {
      const ana = await meet(scene, clinic);
      await scene.worker.inTenant(ana.orgId, (tx) =>
        requestText(tx, {
          orgId: ana.orgId,
          recipient: ana,
          from: clinic.location.number,
          to: ana.phone,
          class: ofClass,
          kind,
          body: 'See you tomorrow.',
          causeKey: `before:${ana.conversationId}`,
          correlationId: ana.conversationId,
          causationId: null,
          now,
        }),
      );
      await ana.texts('Who is this?');
      await answerWith(scene, scripted(says('How can I help?')))(ana);
      const answer = (await ana.heard()).at(-1) ?? '';
      expect(answer.match(/virtual receptionist/g) ?? []).toHaveLength(said);
    },
  );

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
    expect(await ana.openTexts()).toBe(0);
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
    expect(await ana.openTexts()).toBe(1);
    await answerWith(scene, scripted(says('Go on.')))(ana);
    expect(await ana.openTexts()).toBe(0);
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

  it('begins as soon as the lease of a worker that died is over', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hi');
    const broken = { ...scene, worker: { ...scene.worker, inTenant: failsAt(2) } };
    await expect(answerWith(broken, scripted(says('Hello!')))(ana)).rejects.toThrow('the process is gone');
    const waits: number[] = [];
    const wait = async (ms: number) => {
      waits.push(ms);
      if (waits.length === 2) await expireLease(ana);
    };
    await answerWith(scene, scripted(says('Hello!')), { wait })(ana);
    expect(waits).toEqual([1_250, 1_250]);
    expect(await ana.heard()).toHaveLength(1);
  });

  it('that died goes on from its stored step: the model is not asked for it again and no effect comes twice', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts("I'm Ana");
    const dies = scripted(calls(['save_details', { first_name: 'Ana' }], ['hand_over', { reason: 'asked' }]), () => {
      throw new Error('cut off by the test');
    });
    const broken = { ...scene, worker: { ...scene.worker, inTenant: failsAt(5) } };
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

/** A database whose n-th transaction never happens: the process is gone. */
function failsAt(n: number): Scene['worker']['inTenant'] {
  let count = 0;
  return (orgId, work) => {
    count += 1;
    if (count >= n) return Promise.reject(new Error('the process is gone'));
    return scene.worker.inTenant(orgId, work);
  };
}
