import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeDecideCall } from '@frontdesk/conversation';
import { newId, withEffectsWithheld, type Id } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { desk } from '../src/desk.ts';
import { makeWaitForCall } from '../src/judge-call.ts';
import { answerWith, meet, newClinic, now, openScene, type Patient, type Scene } from './scene.ts';
import { says, scripted } from './scripted-model.ts';

let scene: Scene;
let clinic: ClinicDefinition;
beforeAll(async () => {
  scene = await openScene();
  clinic = await newClinic(scene);
});
afterAll(() => scene.server.close());

type CallChange = { cause?: string; answered?: boolean; from?: string | null; decideAt?: Temporal.Instant };

/** A call that ended, as ingress leaves it. */
async function called(
  patient: Patient,
  { cause = 'originator_cancel', answered = false, from = patient.phone, decideAt = now }: CallChange = {},
): Promise<Id> {
  const id = newId();
  const { orgId, conversationId } = patient;
  const decide = new Date(decideAt.epochMilliseconds);
  await scene.ingress.inTenant(
    orgId,
    (tx) => tx.$executeRaw`
    insert into calls (org_id, id, conversation_id, provider, session_id, from_number, to_number, answered_at, ended_at,
      hangup_cause, decide_at)
    values (${orgId}::uuid, ${id}::uuid, ${from === null ? null : conversationId}::uuid, 'telnyx', ${id}, ${from},
      ${patient.clinic.location.number}, ${answered ? new Date() : null}::timestamptz, now(), ${cause}, ${decide})`,
  );
  return id;
}

const judge = makeDecideCall({
  ports: desk,
  clock: () => now,
  callerWindow: Temporal.Duration.from({ minutes: 10 }),
  handOffFor: Temporal.Duration.from({ hours: 24 }),
});
const judged = ({ orgId }: Patient, callId: Id) =>
  scene.worker.inTenant(orgId, (tx) => judge(tx, { orgId, callId, causationId: null }));

describe('a call to the clinic', () => {
  it('that was missed is texted back once from the number called, and makes a lead', async () => {
    const ana = await meet(scene, clinic);
    const call = await called(ana);
    expect(await judged(ana, call)).toBe('missed');
    expect(await judged(ana, call)).toBe('missed');
    expect(await ana.heard()).toEqual([
      expect.stringMatching(/virtual receptionist of Radiance Medspa.*missed your call.*visit.*question.*STOP/),
    ]);
    const { rows } = await scene.server.owner.query(
      'select class, from_number from outbound_messages where contact_id = $1',
      [ana.contactId],
    );
    expect(rows).toEqual([{ class: 'missed-call', from_number: clinic.location.number }]);
    expect(await ana.lead()).toMatchObject({ source: 'voice' });
  });

  it("is texted back in the clinic's own words where it has some", async () => {
    const own = await newClinic(scene);
    const words = `${own.name} here, sorry we missed you! How can we help? Reply STOP to end texts.`;
    await scene.server.owner.query('update organizations set missed_call_wording = $2 where id = $1', [own.id, words]);
    const ana = await meet(scene, own);
    await judged(ana, await called(ana));
    expect(await ana.heard()).toEqual([words]);
  });

  it('from somebody whom a person of the team has taken over is answered in their name, and they are told', async () => {
    const ana = await meet(scene, clinic);
    await scene.server.owner.query(`update conversations set state = 'handed_off' where id = $1`, [ana.conversationId]);
    await judged(ana, await called(ana));
    const [said = ''] = await ana.heard();
    expect(said).toMatch(/Radiance Medspa.*missed your call.*a person will get back to you.*STOP/);
    expect(said).not.toMatch(/I can help/);
    expect(await ana.tasks()).toEqual([expect.objectContaining({ kind: 'hand-off' })]);
    expect(await ana.notices()).toEqual([expect.stringMatching(/called and was told/)]);
  });

  it('from somebody whose hand-over has ended is answered by the desk again', async () => {
    const ana = await meet(scene, clinic);
    await scene.server.owner.query(
      `update conversations set state = 'handed_off', handed_off_at = now() - interval '25 hours' where id = $1`,
      [ana.conversationId],
    );
    await judged(ana, await called(ana));
    expect(await ana.heard()).toEqual([expect.stringMatching(/I can help/)]);
    expect(await ana.tasks()).toEqual([]);
  });

  it('is texted back although a replay whose effects were withheld wrote such a text, and a text of theirs, just now', async () => {
    const ana = await meet(scene, clinic);
    await ana.texts('hello');
    await scene.server.owner.query(
      `update inbound_messages set handled_by = 'withheld', handled_at = now() where conversation_id = $1`,
      [ana.conversationId],
    );
    const replayed = await called(ana);
    expect(await withEffectsWithheld({ number: 1 }, () => judged(ana, replayed))).toBe('missed');
    expect(await judged(ana, await called(ana))).toBe('missed');
    const { rows } = await scene.server.owner.query(
      `select state from outbound_messages where contact_id = $1 order by seq`,
      [ana.contactId],
    );
    expect(rows).toEqual([{ state: 'suppressed' }, { state: 'queued' }]);
  });

  it('is followed by texts without a second greeting, of the same lead', async () => {
    const ana = await meet(scene, clinic);
    await judged(ana, await called(ana));
    await ana.texts('botox please');
    const model = scripted((request) => {
      expect(JSON.parse(request.facts)).toMatchObject({ greeted: true });
      expect(request.turns.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
      return says('May I have your first name?');
    });
    await answerWith(scene, model)(ana);
    expect((await ana.heard()).at(-1)).toBe('May I have your first name?');
    expect(await ana.lead()).toMatchObject({ source: 'voice' });
  });

  it('twice within minutes is texted back once, also when both are judged at once', async () => {
    const ana = await meet(scene, clinic);
    const pair = [await called(ana), await called(ana)];
    const outcomes = await Promise.all(pair.map((call) => judged(ana, call)));
    expect(outcomes.toSorted((a, b) => a.localeCompare(b))).toEqual(['ignored', 'missed']);
    expect(await ana.heard()).toHaveLength(1);
  });

  it.each<[string, CallChange, string]>([
    ['answered', { answered: true, cause: 'normal_clearing' }, 'answered'],
    ['anonymous', { from: null }, 'ignored'],
  ])('that was %s is left alone', async (_, change, outcome) => {
    const ana = await meet(scene, clinic);
    expect(await judged(ana, await called(ana, change))).toBe(outcome);
    expect(await ana.heard()).toEqual([]);
  });

  it('from a staff phone, an opted-out person or somebody texting just now is left alone', async () => {
    const [maya, eve, ben] = [await meet(scene, clinic), await meet(scene, clinic), await meet(scene, clinic)];
    expect(await judged(maya, await called(maya, { from: clinic.staff[0]?.phone ?? null }))).toBe('ignored');
    await scene.ingress.inTenant(
      clinic.id,
      (tx) => tx.$executeRaw`
      insert into opt_outs (org_id, phone, opted_out_at) values (${clinic.id}::uuid, ${eve.phone}, now())`,
    );
    expect(await judged(eve, await called(eve))).toBe('ignored');
    await ben.texts('running late');
    expect(await judged(ben, await called(ben))).toBe('ignored');
  });

  it('is judged when its late events had time to come, and not much later', async () => {
    const ana = await meet(scene, clinic);
    const waits: number[] = [];
    const waitFor = makeWaitForCall({
      database: scene.worker,
      clock: () => now,
      longestMs: 2_000,
      wait: async (ms) => void waits.push(ms),
    });
    for (const seconds of [-5, 1, 240]) {
      await waitFor({ orgId: ana.orgId, callId: await called(ana, { decideAt: now.add({ seconds }) }) });
    }
    expect(waits).toEqual([1_000, 2_000]);
  });
});
