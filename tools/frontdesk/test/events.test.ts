import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Id } from '@frontdesk/kernel';
import type { ReplayPlan, StoredReplay, Story } from '@frontdesk/operations';
import { textRequested } from '@frontdesk/testkit';
import { setQueueScene, type QueueScene } from './queue-scene.ts';
import { frontdesk } from './run-frontdesk.ts';

let scene: QueueScene;
beforeAll(async () => {
  scene = await setQueueScene();
});
afterAll(() => scene.close());

const run = (...words: string[]) => frontdesk(words, scene.given);
const json = async <Value>(...words: string[]) => {
  const { stdout, code, stderr } = await run(...words, '--json');
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return JSON.parse(stdout) as Value; // what the verb says it prints
};

/** Writes an event into the log, as the relay does. */
async function published(orgId: Id = scene.orgId): Promise<Id> {
  const event = textRequested(orgId);
  await scene.postgres.owner.query(
    `insert into event_log (published_at, event_id, org_id, producer, queue, group_id, envelope)
     values (now(), $1, $2, 'payments', 'messaging.fifo', 'g', $3)`,
    [event.id, orgId, JSON.stringify(event)],
  );
  return event.id;
}

/** A webhook as ingress stores it. */
async function stored(orgId: Id | null = scene.orgId): Promise<Id> {
  const id = newId();
  await scene.postgres.owner.query(
    `insert into webhook_events (id, org_id, provider, kind, external_id, payload, parked_reason, verified_at)
     values ($1, $2, 'telnyx', 'message.received', $3, '{"text": "secret words"}', $4, now())`,
    [id, orgId, newId(), orgId === null ? 'no clinic has the number that it was sent to' : null],
  );
  return id;
}

describe('frontdesk events', () => {
  it('lists what was published, and shows one', async () => {
    const id = await published();
    const { events } = await json<{ events: { eventId: string }[] }>('events', 'list', '--to', 'messaging');
    expect(events.map(({ eventId }) => eventId)).toContain(id);
    expect((await run('events', 'list')).stdout).toContain(id);
    expect((await run('events', 'show', id)).stdout).toMatch(/type +messaging\.text-requested\.v1/);
    expect(await run('events', 'show', newId())).toMatchObject({ code: 1 });
  });

  it('says what a replay would do and does nothing until --yes', async () => {
    const id = await published();
    const before = await scene.queues.depth('messaging.fifo');
    const told = await run('events', 'replay', id);
    expect(told).toMatchObject({ code: 0 });
    expect(told.stdout).toMatch(/inbox +respected: 0 handled before are absorbed, 1 are handled/);
    expect(told.stdout).toMatch(/leaves +nothing/);
    expect(told.stdout).toContain('Nothing was done');
    expect(await scene.queues.depth('messaging.fifo')).toBe(before);
  });

  it('replays with --yes, under an id of the replay, with nothing to leave the house', async () => {
    const id = await published();
    const before = await scene.queues.depth('messaging.fifo');
    const done = await json<{ plan: ReplayPlan; replay: StoredReplay }>('events', 'replay', id, '--yes');
    expect(done).toMatchObject({
      plan: { events: 1 },
      replay: { replayed: 1, effects: 'withheld', requestedBy: 'ada' },
    });
    expect(await scene.queues.depth('messaging.fifo')).toBe(before + 1);
    const { rows } = await scene.postgres.owner.query(
      "select envelope -> 'replay' as replay from event_log where event_id = $1 and producer = 'operations'",
      [id],
    );
    expect(rows).toEqual([{ replay: { number: done.replay.number, effects: 'withheld' } }]);
    expect((await run('events', 'replays')).stdout).toContain('ada');
    expect((await run('events', 'show', id)).stdout).toContain(`as replay ${done.replay.number}, effects withheld`);
  });

  it('leaves the publishing to a desk that is one process', async () => {
    const id = await published();
    const before = await scene.queues.depth('messaging.fifo');
    const oneProcess = { ...scene.given, FRONTDESK_MODE: 'one-process' };
    expect(await frontdesk(['events', 'replay', id, '--yes'], oneProcess)).toMatchObject({ code: 0 });
    expect(await scene.queues.depth('messaging.fifo')).toBe(before);
    expect((await scene.postgres.owner.query('select 1 from outbox where event_id = $1', [id])).rowCount).toBe(1);
    await scene.postgres.owner.query('delete from outbox');
  });

  it('carries on what was interrupted, and ends what is to be ended', async () => {
    const ids = [await published(), await published()];
    const interrupted = async () =>
      (
        await scene.postgres.owner.query<{ number: string }>(
          `insert into replays (requested_by, selection, inbox, effects, per_second, planned, requested_at)
           values ('ada', $1, 'bypassed', 'withheld', 50, 2, now()) returning number::text`,
          [JSON.stringify({ ids })],
        )
      ).rows[0]?.number ?? '';
    const first = await interrupted();
    expect((await run('events', 'resume')).stdout).toContain(`Replay ${first}: 2 of 2 replayed`);
    const second = await interrupted();
    expect((await run('events', 'resume', second, '--abandon')).stdout).toContain(`Replay ${second}: 0 of 2 replayed`);
    expect((await run('events', 'resume')).stdout).toContain('No replay was interrupted');
    expect(await run('events', 'resume', '999999')).toMatchObject({ code: 1 });
  });

  it.each([
    { why: 'what would be all of history', words: ['replay', '--to', 'messaging', '--yes'], code: 2 },
    { why: 'a type that is none', words: ['list', '--type', 'messaging.pigeon-sent.v1'], code: 2 },
    { why: 'a moment that is none', words: ['list', '--since', 'yesterday'], code: 2 },
    { why: 'ending no replay in particular', words: ['resume', '--abandon'], code: 2 },
  ])('refuses $why with $code', async ({ words, code }) => {
    expect(await run('events', ...words)).toMatchObject({ code });
  });

  it('lets effects leave in production only when that is meant', async () => {
    const id = await published();
    const production = { ...scene.given, FRONTDESK_ENV: 'production' };
    const words = ['events', 'replay', id, '--allow-effects', '--yes'];
    const refused = await frontdesk(words, production);
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('--i-mean-it') });
    expect(await frontdesk([...words, '--i-mean-it'], production)).toMatchObject({ code: 0 });
  });
});

describe('frontdesk webhooks', () => {
  it('lists and shows what was stored, without what it says', async () => {
    const [own, orphan] = [await stored(), await stored(null)];
    const listed = await run('webhooks', 'list', '--json');
    expect(listed.stdout).toContain(own);
    expect((await run('webhooks', 'list', '--parked', '--json')).stdout).not.toContain(own);
    const shown = await run('webhooks', 'show', orphan);
    expect(shown.stdout).toMatch(/parked +no clinic has the number/);
    expect(listed.stdout + shown.stdout).not.toContain('secret words');
  });

  it('asks ingress to take one in again, and says when that does not', async () => {
    const id = await stored();
    const told = await run('webhooks', 'replay', id);
    expect(told.stdout).toMatch(/taken in +a duplicate/);
    expect(told.stdout).toContain('Nothing was done');
    const asked = await run('webhooks', 'replay', id, '--again', '--yes', '--wait', '1');
    expect(asked).toMatchObject({ code: 1, stdout: expect.stringContaining('not taken in yet') });
    const { rows } = await scene.postgres.owner.query(
      'select requested_by, again, effects, done_at from webhook_replays where webhook_event_id = $1',
      [id],
    );
    expect(rows).toEqual([{ requested_by: 'ada', again: true, effects: 'withheld', done_at: null }]);
    expect((await run('webhooks', 'show', id)).stdout).toContain('wanted by ada');
  });

  it.each([
    { why: 'everything that ever came', words: ['--provider', 'square', '--yes'], code: 2 },
    { why: 'one that is not stored', words: ['0199d5a0-0000-7000-8000-00000000dead', '--yes'], code: 0 },
  ])('does nothing with $why', async ({ words, code }) => {
    const before = (await scene.postgres.owner.query('select 1 from webhook_replays')).rowCount;
    expect(await run('webhooks', 'replay', ...words)).toMatchObject({ code });
    expect((await scene.postgres.owner.query('select 1 from webhook_replays')).rowCount).toBe(before);
  });
});

describe('frontdesk trace show', () => {
  it('tells the story of an event', async () => {
    const id = await published();
    const { stdout } = await run('trace', 'show', id);
    expect(stdout).toMatch(/└─ .* messaging\.text-requested\.v1 → messaging-worker: published, not handled yet/);
    expect(await json<Story>('trace', 'show', id)).toMatchObject({ named: 'event', roots: [{ id, children: [] }] });
    expect(await run('trace', 'show', newId())).toMatchObject({ code: 1 });
  });
});
