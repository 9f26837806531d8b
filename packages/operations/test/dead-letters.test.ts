import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, systemClock } from '@frontdesk/kernel';
import { dismissDeadLetters, listDeadLetters, planRedrive, redriveDeadLetters } from '@frontdesk/operations';
import { textRequested } from '@frontdesk/testkit';
import { setDeadLetterScene, type DeadLetterScene } from './dead-letter-scene.ts';

let scene: DeadLetterScene;
beforeAll(async () => {
  scene = await setDeadLetterScene();
});
afterEach(() => scene.empty());
afterAll(() => scene.close());

const parts = () => ({ sqs: scene.queues.sqs, database: scene.operators });
const redrive = (filter: Parameters<typeof redriveDeadLetters>[0]['filter'] = {}) =>
  redriveDeadLetters({ ...parts(), filter, operator: 'ada', clock: systemClock, perSecond: 1_000 });
const idsOf = (letters: readonly { id: string }[]) => letters.map(({ id }) => id).toSorted();

describe('the list of dead letters', () => {
  it('names those that were refused and those that killed their process, with why and for what', async () => {
    const [refused, deadly] = [textRequested(scene.orgId), textRequested(scene.orgId)];
    const parked = await scene.park(refused, { reason: 'failed 5 times, at last with transient: the carrier is away' });
    const killed = await scene.kill(deadly);
    const { letters } = await listDeadLetters(parts(), {}, 10);
    expect(letters).toHaveLength(2);
    expect(letters).toContainEqual(
      expect.objectContaining({
        id: parked,
        place: 'parked',
        eventId: refused.id,
        tries: 5,
        why: 'Something that it needs failed each time: the carrier is away',
        futile: false,
      }),
    );
    expect(letters).toContainEqual(
      expect.objectContaining({ id: killed, place: 'dead-letter-queue', queue: 'messaging.fifo', eventId: deadly.id }),
    );
  });

  it('leaves everything where it was', async () => {
    await scene.kill(textRequested(scene.orgId));
    const first = await listDeadLetters(parts(), {}, 10);
    expect(await listDeadLetters(parts(), {}, 10)).toEqual(first);
  });

  it('is chosen by type, clinic, queue, age and id', async () => {
    const now = systemClock();
    const old = await scene.park(textRequested(scene.orgId), { parkedAt: now.subtract({ hours: 3 }) });
    const newer = await scene.park(textRequested(scene.orgId, { type: 'messaging.call-parked.v1' }));
    const foreign = await scene.park(textRequested(newId()), { queue: 'payments.fifo' });
    const killed = await scene.kill(textRequested(scene.orgId));
    const chosen = async (filter: Parameters<typeof listDeadLetters>[1]) =>
      idsOf((await listDeadLetters(parts(), filter, 10)).letters);
    expect(await chosen({ type: 'messaging.text-requested' })).toEqual([old, foreign, killed].toSorted());
    expect(await chosen({ type: 'messaging.call-parked.v1' })).toEqual([newer]);
    expect(await chosen({ orgId: scene.orgId })).toEqual([old, newer, killed].toSorted());
    expect(await chosen({ queue: 'payments.fifo' })).toEqual([foreign]);
    expect(await chosen({ before: now.subtract({ hours: 1 }) })).toEqual([old]);
    expect(await chosen({ after: now.subtract({ hours: 1 }) })).toEqual([newer, foreign, killed].toSorted());
    expect(await chosen({ ids: [newer, killed] })).toEqual([newer, killed].toSorted());
  });

  it('says how many lie behind others of their group', async () => {
    const group = newId();
    await scene.kill(textRequested(scene.orgId), group);
    await scene.kill(textRequested(scene.orgId), group);
    const { letters, unseen } = await listDeadLetters(parts(), {}, 10);
    expect(letters.length + unseen).toBe(2);
  });
});

describe('a redrive', () => {
  it('has everything handled once, whichever place it lay in', async () => {
    const refused = [textRequested(scene.orgId), textRequested(scene.orgId)];
    const group = newId();
    const deadly = [textRequested(scene.orgId), textRequested(scene.orgId), textRequested(scene.orgId)];
    for (const event of refused) await scene.park(event);
    for (const event of deadly) await scene.kill(event, group);
    const { back, impossible } = await redrive();
    expect(back.map(({ eventId }) => String(eventId)).toSorted()).toEqual(
      [...refused, ...deadly].map(({ id }) => id).toSorted(),
    );
    expect(impossible).toEqual([]);
    expect(await scene.handledTimes([...refused, ...deadly])).toEqual([1, 1, 1, 1, 1]);
    expect((await listDeadLetters(parts(), {}, 10)).letters).toEqual([]);
  });

  it('takes what the filter chooses and leaves the rest', async () => {
    const [chosen, left] = [textRequested(scene.orgId), textRequested(newId())];
    await scene.kill(left);
    await scene.kill(chosen);
    await redrive({ orgId: scene.orgId });
    expect((await listDeadLetters(parts(), {}, 10)).letters.map(({ eventId }) => eventId)).toEqual([left.id]);
    expect(await scene.handledTimes([chosen, left])).toEqual([1, 0]);
  });

  it('changes nothing where the event took effect after all', async () => {
    const event = textRequested(scene.orgId);
    await scene.kill(event);
    await redrive();
    await scene.handledTimes([event]);
    await scene.park(event);
    await scene.kill(event);
    await redrive();
    expect(await scene.handledTimes([event])).toEqual([1]);
  });

  it('of a replay keeps the id by which the inbox knows the replay', async () => {
    const event = textRequested(scene.orgId);
    await scene.kill(event);
    await redrive();
    expect(await scene.handledTimes([event])).toEqual([1]);
    await scene.kill(event, newId(), `${event.id}:r1`);
    await redrive();
    expect(await scene.handledTimes([event])).toEqual([2]);
  });

  it('is written down with who and when, and the second time does nothing', async () => {
    const parked = await scene.park(textRequested(scene.orgId));
    const killed = await scene.kill(textRequested(scene.orgId));
    await redrive({ ids: [parked, killed] });
    const plan = await planRedrive(parts(), { ids: [parked, killed] });
    expect(plan.open).toEqual([]);
    expect(plan.settled).toEqual([
      expect.objectContaining({ id: parked, settled: expect.objectContaining({ how: 'redriven', by: 'ada' }) }),
    ]);
    expect(plan.gone).toEqual([{ id: killed, how: 'redriven', by: 'ada', at: expect.any(Temporal.Instant) }]);
    const again = await redrive({ ids: [parked, killed] });
    expect(again.back).toEqual([]);
    expect(idsOf(again.settledBefore)).toEqual([parked]);
    expect(await scene.queues.depth('messaging.fifo')).toBe(2);
  });

  it('by two operators at once puts each message back once', async () => {
    const events = Array.from({ length: 12 }, () => textRequested(scene.orgId));
    for (const event of events) await scene.park(event);
    const both = await Promise.all([redrive(), redrive()]);
    expect(both.flatMap(({ back }) => back)).toHaveLength(12);
    expect(await scene.handledTimes(events)).toEqual(events.map(() => 1));
  });

  it('cannot put back what nobody can read, and says so', async () => {
    const unreadable = await scene.park('not json');
    const ofNobody = await scene.park(textRequested(newId()));
    const { back, impossible } = await redrive();
    expect(back).toEqual([]);
    expect(idsOf(impossible)).toEqual([unreadable, ofNobody].toSorted());
    expect(idsOf((await listDeadLetters(parts(), {}, 10)).letters)).toEqual([unreadable, ofNobody].toSorted());
  });

  it('knows an id that never was a dead letter from one that was', async () => {
    const stranger = newId();
    expect((await planRedrive(parts(), { ids: [stranger] })).unknown).toEqual([stranger]);
  });
});

describe('dismissing', () => {
  it('gives up messages of both places, the unreadable too, with who did it, and leaves the others', async () => {
    const readable = await scene.park(textRequested(scene.orgId));
    const unreadable = await scene.park('not json');
    const killed = await scene.kill(textRequested(scene.orgId));
    const left = await scene.kill(textRequested(scene.orgId));
    const ids = [readable, unreadable, killed];
    const { open } = await planRedrive(parts(), { ids });
    const who = { operator: 'ada', clock: systemClock };
    expect(idsOf(await dismissDeadLetters({ ...parts(), ...who, letters: open }))).toEqual(ids.toSorted());
    expect(idsOf((await listDeadLetters(parts(), {}, 10)).letters)).toEqual([left]);
    const { rows } = await scene.postgres.owner.query<{ subject_id: string }>(
      "select subject_id from audit_log where action = 'dead-letter.dismissed' and actor = 'operator:ada'",
    );
    expect(rows.map((row) => row.subject_id).toSorted()).toEqual(ids.toSorted());
    expect(await dismissDeadLetters({ ...parts(), ...who, letters: open })).toEqual([]);
    expect((await planRedrive(parts(), { ids })).gone).toEqual([
      expect.objectContaining({ id: killed, how: 'dismissed' }),
    ]);
  });
});
