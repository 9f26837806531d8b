import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeNoteDeposit, type DepositChange } from '@frontdesk/conversation';
import { newId, present } from '@frontdesk/kernel';
import { desk } from '../src/desk.ts';
import { answerWith, meet, newClinic, now, openScene, type Patient, type Scene } from './scene.ts';
import { calls, lastResults, says, scripted } from './scripted-model.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.server.close());

const note = makeNoteDeposit({ ports: desk, clock: () => now.add({ minutes: 16 }) });
const told = async (patient: Patient, appointmentId: string, status: DepositChange['status']) => {
  const { orgId, conversationId, contactId } = patient;
  await scene.worker.inTenant(orgId, (tx) =>
    note(tx, { orgId, conversationId, contactId, appointmentId, status, causationId: null }),
  );
};

/** A person who was asked for the deposit of a held visit. */
async function asked(change: Parameters<typeof newClinic>[1] = {}): Promise<{ ana: Patient; appointmentId: string }> {
  const ana = await meet(scene, await newClinic(scene, change));
  await ana.texts("I'm Ana, new, botox on tuesday");
  const details = { first_name: 'Ana', service: 'botox', patient_type: 'new', days: ['tuesday'] };
  const model = scripted(
    calls(['save_details', details], ['find_times', {}]),
    (request) => {
      const [first] = Object(lastResults(request)[1]?.result['times']) as { time_id: string }[]; // as find_times answers
      return calls(['hold_time', { time_id: first?.time_id }]);
    },
    says('Great.'),
  );
  await answerWith(scene, model)(ana);
  const { rows } = await scene.server.owner.query<{ id: string }>('select id from appointments where contact_id = $1', [
    ana.contactId,
  ]);
  return { ana, appointmentId: present(rows[0], 'the held visit').id };
}

describe('what payments report of a deposit', () => {
  it.each(['link_sent', 'failed', 'paid'] as const)(
    '%s is shown on the lead, and payments do the talking',
    async (status) => {
      const { ana, appointmentId } = await asked();
      const before = await ana.heard();
      await told(ana, appointmentId, status);
      expect(await ana.lead()).toMatchObject({ deposit_status: status });
      expect(await ana.heard()).toEqual(before);
    },
  );

  it.each([
    ['expired', /was not completed in time.*I can offer .*Which works for you\?/],
    ['paid_without_slot', /received your deposit.*already taken.*I can offer /],
  ] as const)('%s is told to the person with new times, once, and those can be held', async (status, words) => {
    const { ana, appointmentId } = await asked();
    const before = (await ana.heard()).length;
    await told(ana, appointmentId, status);
    await told(ana, appointmentId, status);
    const heard = (await ana.heard()).slice(before);
    expect(heard).toEqual([expect.stringMatching(words)]);
    expect(heard[0]?.length).toBeLessThanOrEqual(480);
    expect(await ana.values()).toEqual({
      clinic: 'Radiance Medspa',
      firstName: 'Ana',
      day: expect.any(String),
      time: expect.any(String),
    });
    await ana.texts('the second one');
    const model = scripted(
      (request) => calls(['hold_time', { time_id: Object(JSON.parse(request.facts)).offeredTimes[1].timeId }]),
      (request) => {
        expect(lastResults(request)[0]?.result).toMatchObject({ held: true });
        return says('Great.');
      },
    );
    await answerWith(scene, model, { clock: () => now.add({ minutes: 17 }) })(ana);
    expect((await ana.turns()).at(-1)).toMatchObject({ state: 'answered', failure: null });
  });

  it('expired is not told where the team was asked to finish the booking by phone', async () => {
    const { ana, appointmentId } = await asked({ depositAccount: null });
    const before = await ana.heard();
    await told(ana, appointmentId, 'expired');
    expect(await ana.heard()).toEqual(before);
  });

  it('expired offers no times where a person has taken over: the desk would not hear the choice', async () => {
    const { ana, appointmentId } = await asked();
    await ana.texts('let me talk to a person');
    await answerWith(scene, scripted(calls(['hand_over', { reason: 'asked' }]), says('A person will text you.')))(ana);
    await told(ana, appointmentId, 'expired');
    expect((await ana.heard()).at(-1)).toMatch(/was not completed in time.* A person of our team will help you/);
  });

  it('of a visit that the desk no longer speaks of changes nothing', async () => {
    const { ana } = await asked();
    const before = await ana.heard();
    await told(ana, newId(), 'expired');
    expect(await ana.lead()).toMatchObject({ deposit_status: 'asked' });
    expect(await ana.heard()).toEqual(before);
  });
});
