import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, systemClock, type Id } from '@frontdesk/kernel';
import {
  abandonReplay,
  continueReplay,
  listEvents,
  listReplays,
  planReplay,
  requestReplay,
  type EventSelection,
  type ReplayMode,
} from '@frontdesk/operations';
import { setReplayScene, type ReplayScene } from './replay-scene.ts';

const kept: ReplayMode = { inbox: 'respected', effects: 'withheld' };
const allowed: ReplayMode = { inbox: 'respected', effects: 'allowed' };
const again: ReplayMode = { inbox: 'bypassed', effects: 'allowed' };

let scene: ReplayScene;
let orgId: Id;
beforeAll(async () => {
  scene = await setReplayScene();
});
afterAll(() => scene.close());
beforeEach(async () => {
  orgId = await scene.newClinic();
  await scene.postgres.owner.query('truncate effects');
});

const request = (selection: EventSelection, mode: ReplayMode, perSecond = 100) =>
  requestReplay(scene.operator, { selection, perSecond, operator: 'ada', ...mode }, systemClock);

const carryOn = (number: number, publish: () => Promise<unknown> = () => scene.publish()) =>
  continueReplay(number, { database: scene.operator, publish, pace: async () => {}, clock: systemClock });

async function replay(selection: EventSelection, mode: ReplayMode) {
  const { number } = await request(selection, mode);
  const done = await carryOn(number);
  await scene.handleAll();
  return done;
}

const rows = async <Row extends object>(sql: string) => (await scene.postgres.owner.query<Row>(sql, [orgId])).rows;

describe('a replay that respects the inbox', () => {
  it('is absorbed where the event was handled, and handled where it never was', async () => {
    const handled = await scene.publishTexts(orgId, [newId(), newId()]);
    await scene.handleAll();
    const [lost = ''] = await scene.publishTexts(orgId, [newId()]);
    await scene.loseMessages();
    await scene.postgres.owner.query('truncate effects');
    const done = await replay({ orgId, ids: [...handled, lost] }, allowed);
    expect(done).toMatchObject({ planned: 3, replayed: 3 });
    expect(await scene.effects()).toEqual([lost]);
  });
});

describe('a replay that bypasses the inbox', () => {
  it('is handled again, once, each group in the order in which it was written', async () => {
    const [one, other] = [newId(), newId()];
    const ids = await scene.publishTexts(orgId, [one, other, one, one, other, one]);
    await scene.handleAll();
    await scene.postgres.owner.query('truncate effects');
    await replay({ orgId, ids }, again);
    const effects = await scene.effects();
    expect(effects.toSorted()).toEqual(ids.toSorted());
    const ofGroup = (group: Id[]) => effects.filter((id) => group.includes(id));
    const groups = [ids.filter((_, n) => [0, 2, 3, 5].includes(n)), ids.filter((_, n) => [1, 4].includes(n))];
    expect(groups.map(ofGroup)).toEqual(groups);
  });

  it('may be repeated: each replay is one of its own', async () => {
    const ids = await scene.publishTexts(orgId, [newId()]);
    await scene.handleAll();
    await replay({ orgId, ids }, again);
    await replay({ orgId, ids }, again);
    expect(await scene.effects()).toEqual([...ids, ...ids, ...ids]);
  });
});

describe('a replay whose effects are withheld', () => {
  it('runs no handler that calls a vendor, notes what that would have done, and leaves the event to a later replay', async () => {
    const ids = await scene.publishTexts(orgId, [newId()]);
    await scene.loseMessages();
    await replay({ orgId, ids }, kept);
    await replay({ orgId, ids }, { ...kept, inbox: 'bypassed' });
    expect(await scene.effects()).toEqual([]);
    const notes = await rows<{ details: unknown }>(
      "select details from audit_log where org_id = $1 and action = 'replay withheld'",
    );
    expect(notes).toHaveLength(2);
    expect(notes[0]?.details).toMatchObject({ withheld: expect.stringContaining('carrier') });
    await replay({ orgId, ids }, allowed);
    expect(await scene.effects()).toEqual(ids);
  });

  it('runs a handler that stays within the database, and what it asks for goes nowhere', async () => {
    const id = await scene.publishKeyword(orgId);
    await scene.handleAll();
    await scene.postgres.owner.query('truncate effects');
    const { number } = await replay({ orgId, ids: [id] }, { ...kept, inbox: 'bypassed' });
    expect(await scene.effects()).toEqual([id]);
    const marks = await rows(
      `select envelope -> 'replay' as replay from outbox
       where org_id = $1 and producer = 'messaging-worker' and envelope ->> 'causationId' = '${id}' order by id`,
    );
    expect(marks).toEqual([{ replay: null }, { replay: { number, effects: 'withheld' } }]);
  });
});

describe('an interrupted replay', () => {
  it.each([0, 1, 2, 3])('goes on where it was, however often it is interrupted (at publishing %i)', async (failsAt) => {
    const ids = await scene.publishTexts(orgId, Array.from({ length: 7 }, newId));
    await scene.handleAll();
    await scene.postgres.owner.query('truncate effects');
    const { number } = await request({ orgId, ids }, again, 3);
    let calls = 0;
    const dying = async () => {
      if (calls++ === failsAt) throw new Error('the process ended');
      await scene.publish();
    };
    await expect(carryOn(number, dying)).rejects.toThrow('the process ended');
    expect((await listReplays(scene.operator, 5))[0]).toMatchObject({ number, finishedAt: null });
    expect(await carryOn(number)).toMatchObject({ replayed: 7, finishedAt: expect.any(String) });
    await scene.handleAll();
    expect((await scene.effects()).toSorted()).toEqual(ids.toSorted());
  });

  it('can be carried on by two at once', async () => {
    const ids = await scene.publishTexts(orgId, Array.from({ length: 9 }, newId));
    await scene.handleAll();
    await scene.postgres.owner.query('truncate effects');
    const { number } = await request({ orgId, ids }, again, 2);
    await Promise.all([carryOn(number), carryOn(number)]);
    await scene.handleAll();
    expect((await scene.effects()).toSorted()).toEqual(ids.toSorted());
  });

  it('can be abandoned', async () => {
    const ids = await scene.publishTexts(orgId, [newId(), newId()]);
    await scene.handleAll();
    await scene.postgres.owner.query('truncate effects');
    const { number } = await request({ orgId, ids }, again);
    await abandonReplay(scene.operator, number, systemClock);
    expect(await carryOn(number)).toMatchObject({ replayed: 0 });
    await expect(abandonReplay(scene.operator, number, systemClock)).rejects.toThrow(/no replay/);
  });

  it('leaves nothing behind when it is abandoned that the next operator would publish', async () => {
    const ids = await scene.publishTexts(orgId, [newId(), newId()]);
    await scene.handleAll();
    await scene.postgres.owner.query('truncate effects');
    const { number } = await request({ orgId, ids }, again);
    const interrupted = continueReplay(number, {
      database: scene.operator,
      publish: async () => {
        const [replay] = await listReplays(scene.operator, 1);
        if (replay?.replayed !== 0) throw new Error('SQS is away');
      },
      pace: async () => {},
      clock: systemClock,
    });
    await expect(interrupted).rejects.toThrow('SQS is away');
    expect(await abandonReplay(scene.operator, number, systemClock)).toMatchObject({ replayed: 0 });
    await scene.publish();
    await scene.handleAll();
    expect(await scene.effects()).toEqual([]);
  });
});

describe('the pace of a replay', () => {
  it('asks for room before each chunk, and no chunk is larger than a second allows', async () => {
    const ids = await scene.publishTexts(orgId, Array.from({ length: 5 }, newId));
    const { number } = await request({ orgId, ids }, kept, 2);
    const asked: number[] = [];
    const sent: number[] = [];
    const publish = async () => {
      const published = await scene.publish();
      if (published > 0) sent.push(published);
    };
    const pace = async (count: number) => {
      asked.push(count);
    };
    await continueReplay(number, { database: scene.operator, publish, pace, clock: systemClock });
    expect({ asked, sent }).toEqual({ asked: [2, 2, 2], sent: [2, 2, 1] });
  });
});

describe('the selection', () => {
  it('is of one clinic, by type, consumer and time, and never holds what a replay put into the log', async () => {
    const other = await scene.newClinic();
    await scene.publishTexts(other, [newId()]);
    const before = systemClock().toString();
    const texts = await scene.publishTexts(orgId, [newId(), newId()]);
    const keyword = await scene.publishKeyword(orgId);
    await scene.handleAll();
    await replay({ orgId, since: before }, again);
    const idsOf = async (selection: EventSelection) =>
      (await listEvents(scene.operator, selection, 100)).map(({ eventId }) => eventId).toSorted();
    expect(await idsOf({ orgId })).toEqual([...texts, keyword].toSorted());
    expect(await idsOf({ orgId, types: ['messaging.keyword-received'] })).toEqual([keyword]);
    expect(await idsOf({ orgId, types: ['messaging.text-requested.v1'], to: 'messaging' })).toEqual(texts.toSorted());
    expect(await idsOf({ orgId, to: 'payments' })).toEqual([]);
    expect(await idsOf({ orgId, until: before })).toEqual([]);
    expect(await idsOf({ orgId: other, since: before })).toEqual([]);
  });

  it('is told beforehand: what the inbox does with it, and what may leave', async () => {
    await scene.publishTexts(orgId, [newId(), newId()]);
    await scene.handleAll();
    await scene.publishTexts(orgId, [newId()]);
    await scene.publishKeyword(orgId);
    const ofTexts = async (mode: ReplayMode) => {
      const plan = await planReplay(scene.operator, { orgId }, mode);
      expect(plan).toMatchObject({ events: 4, clinics: 1 });
      return plan.types.find(({ type }) => type === 'messaging.text-requested.v1');
    };
    expect(await ofTexts(kept)).toMatchObject({ consumer: 'messaging-worker', events: 3, handled: 2 });
    expect(await ofTexts(kept)).toMatchObject({ inbox: expect.stringContaining('2 handled before are absorbed') });
    expect(await ofTexts(kept)).toMatchObject({ leaves: expect.stringMatching(/^nothing/) });
    expect(await ofTexts(again)).toMatchObject({
      inbox: expect.stringContaining('all 3 are handled, 2 of them again'),
    });
    expect(await ofTexts(again)).toMatchObject({ leaves: expect.stringContaining('carrier') });
    await scene.handleAll();
    expect(await ofTexts(allowed)).toMatchObject({ leaves: expect.stringMatching(/^nothing/) });
  });
});

describe('the audit', () => {
  it('names who replayed the events of a clinic, and how', async () => {
    const ids = await scene.publishTexts(orgId, [newId()]);
    const { number } = await request({ ids }, kept);
    expect(
      await rows(
        "select actor, action, subject_id, details from audit_log where org_id = $1 and subject_type = 'replay'",
      ),
    ).toEqual([
      {
        actor: 'operator:ada',
        action: 'replay.requested',
        subject_id: String(number),
        details: { inbox: 'respected', effects: 'withheld', events: 1 },
      },
    ]);
  });
});
