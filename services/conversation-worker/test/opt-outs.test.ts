import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { answerWith, meet, newClinic, openScene, type Patient, type Scene } from './scene.ts';
import { calls, lastResults, says, scripted } from './scripted-model.ts';

let scene: Scene;
let clinic: ClinicDefinition;
beforeAll(async () => {
  scene = await openScene();
  clinic = await newClinic(scene);
});
afterAll(() => scene.server.close());

const note = (quote: string) => calls(['note_wish_for_no_texts', { quote }]);
const understood = (patient: Patient) => patient.events('messaging.opt-out-understood.v1');
const handledBy = async ({ conversationId }: Patient) =>
  (
    await scene.server.owner.query<{ handled_by: string | null }>(
      'select handled_by from inbound_messages where conversation_id = $1 order by seq',
      [conversationId],
    )
  ).rows.map(({ handled_by: by }) => by);

describe('a wish for no more texts that only the model reads', () => {
  it('ends the turn without a word, and is passed on with the text that says it', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('Hi, Ana here');
    const wish = await ana.texts('I moved to Portland, so you can cross me off. Take care!');
    const model = scripted(note('you can cross me off'));
    expect(await answerWith(scene, model)(ana)).toBe('silent');
    expect(await understood(ana)).toEqual([{ messageId: wish, contactId: ana.contactId }]);
    expect(await ana.heard()).toEqual([]);
    expect(await handledBy(ana)).toEqual(['opted-out', 'opted-out']);
    expect(model.requests).toHaveLength(1);
  });

  it('counts only in words of a text that the turn answers, whatever the model believes', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('cross me off? no way, I love it here');
    await answerWith(scene, scripted(says('Lovely!')))(ana);
    await ana.texts('Can I come on Friday?');
    const model = scripted(note('cross me off'), (request) => {
      expect(lastResults(request)).toMatchObject([{ isError: true }]);
      return says('What treatment would you like?');
    });
    await answerWith(scene, model)(ana);
    expect(await understood(ana)).toEqual([]);
    expect(await ana.heard()).toHaveLength(2);
    expect(await handledBy(ana)).toEqual(['turn', 'turn']);
  });

  it('is passed on once when the turn dies right after it was noted', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('you can cross me off');
    const { orgId, conversationId } = ana;
    const dying = answerWith(
      { ...scene, worker: { ...scene.worker, inTenant: failsAt(4) } },
      scripted(note('you can cross me off')),
    );
    await expect(dying(ana)).rejects.toThrow('the process is gone');
    expect(await understood(ana)).toHaveLength(1);
    await scene.worker.inTenant(
      orgId,
      (tx) => tx.$executeRaw`update conversations set leased_until = now() - interval '1 second'
        where org_id = ${orgId}::uuid and id = ${conversationId}::uuid`,
    );
    expect(await answerWith(scene, scripted())(ana)).toBe('silent');
    expect(await understood(ana)).toHaveLength(1);
    expect(await ana.heard()).toEqual([]);
  });

  it('does not keep a question of health from the clinical team', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('Is it normal that my lip is so swollen after the filler?');
    await ana.texts('And then please cross me off');
    await answerWith(scene, scripted(note('please cross me off')))(ana);
    expect(await ana.tasks()).toMatchObject([{ kind: 'hand-off', reason: expect.stringContaining('clinical team') }]);
    expect(await ana.heard()).toEqual([]);
  });
});

/** A database whose n-th transaction never happens: the process is gone. */
function failsAt(n: number): Scene['worker']['inTenant'] {
  let count = 0;
  return (orgId, work) => {
    count += 1;
    return count >= n ? Promise.reject(new Error('the process is gone')) : scene.worker.inTenant(orgId, work);
  };
}
