import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestClinic, textRequested } from '@frontdesk/testkit';
import { setQueueScene, type QueueScene } from './queue-scene.ts';
import { frontdesk, spawnFrontdesk } from './run-frontdesk.ts';

let scene: QueueScene;
beforeAll(async () => {
  scene = await setQueueScene();
});
afterAll(() => scene.close());

const run = (...words: string[]) => frontdesk(['queues', ...words], scene.given);
const json = async (...words: string[]): Promise<unknown> => JSON.parse((await run(...words, '--json')).stdout);

describe('queues list', () => {
  it('names every queue with its reader and its dead letters', async () => {
    expect(await json('list')).toHaveLength(6);
    const { code, stdout } = await run('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/messaging\.fifo +work +messaging-worker +messaging-dlq\.fifo/);
  });
});

describe('queues depth', () => {
  it('counts what waits and what is in hand, and knows how long the oldest waits', async () => {
    const waiting = textRequested(scene.orgId);
    await scene.send('messaging.fifo', waiting);
    await scene.send('messaging-dlq.fifo', textRequested(scene.orgId));
    await scene.postgres.owner.query(
      `insert into event_log (published_at, event_id, org_id, producer, queue, group_id, envelope)
       select now() - age, id, $1, 'payments', 'messaging.fifo', 'group', '{}'
       from (values ('2 hours'::interval, gen_random_uuid()), ('1 hour'::interval, $2::uuid)) as logged (age, id)`,
      [scene.orgId, waiting.id],
    );
    // What is handled does not wait, however old it is.
    await scene.postgres.owner.query(
      `insert into inbox (consumer, event_id, org_id)
       select 'messaging-worker', event_id::text, org_id from event_log where event_id <> $1`,
      [waiting.id],
    );
    expect(await json('depth')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ queue: 'messaging.fifo', kind: 'work', visible: 1, inFlight: 0, delayed: 0 }),
        expect.objectContaining({ queue: 'messaging-dlq.fifo', kind: 'dead-letter', visible: 1, oldestSince: null }),
      ]),
    );
    expect((await run('depth')).stdout).toMatch(/messaging\.fifo +1 +0 +0 {2}1 h/);
  });

  it('needs no database, but then knows no age', async () => {
    const { AWS_ENDPOINT_URL = '' } = scene.given;
    const { code, stdout } = await spawnFrontdesk(['queues', 'depth', 'messaging.fifo', '--json'], {
      AWS_ENDPOINT_URL,
      FRONTDESK_ENV: 'local',
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ queue: 'messaging.fifo', oldestSince: null })]);
  });

  it('says when the place has no such queue, or does not answer', async () => {
    const nowhere = { ...scene.given, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const { code, stderr } = await frontdesk(['queues', 'depth'], nowhere);
    expect(code).toBe(1);
    expect(stderr).toContain('ECONNREFUSED');
  });
});

describe('queues peek', () => {
  it('shows ids and types, prints envelopes when asked, and takes nothing', async () => {
    const event = textRequested(scene.orgId);
    await scene.send('payments.fifo', event);
    const shown = expect.objectContaining({
      eventId: event.id,
      type: event.type,
      orgId: scene.orgId,
      unreadable: null,
    });
    expect(await json('peek', 'payments.fifo')).toEqual([shown]);
    expect((await run('peek', 'payments.fifo')).stdout).toContain(event.id);
    expect(JSON.parse((await run('peek', 'payments.fifo', '--body')).stdout)).toEqual(event);
    expect(await scene.queues.depth('payments.fifo')).toBe(1);
  });

  it('does not show the body in JSON unless asked', async () => {
    expect(JSON.stringify(await json('peek', 'payments.fifo'))).not.toContain('"body"');
    expect(JSON.stringify(await json('peek', 'payments.fifo', '--body'))).toContain('"body"');
  });
});

describe('queues purge', () => {
  it.each([
    ['without --yes', [], { FRONTDESK_ENV: 'local' }],
    ['in production without --i-mean-it', ['--yes'], { FRONTDESK_ENV: 'production' }],
    ['where nothing says that it is not production', ['--yes'], { FRONTDESK_ENV: '' }],
    ['in production without --yes', ['--i-mean-it'], { FRONTDESK_ENV: 'production' }],
  ])('is refused with 3 %s', async (_, words, environment) => {
    await scene.send('conversation.fifo', textRequested(scene.orgId));
    const before = await scene.queues.depth('conversation.fifo');
    const { code, stdout, stderr } = await spawnFrontdesk(['queues', 'purge', 'conversation.fifo', ...words], {
      ...scene.given,
      ...environment,
    });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('Nothing was purged');
    expect(await scene.queues.depth('conversation.fifo')).toBe(before);
  });

  it('empties the queue and is in the audit of each clinic', async () => {
    const { id: otherClinic } = await createTestClinic(scene.postgres.owner);
    await scene.send('conversation-dlq.fifo', textRequested(scene.orgId));
    const { code, stdout } = await frontdesk(['queues', 'purge', 'conversation-dlq.fifo', '--yes', '--i-mean-it'], {
      ...scene.given,
      FRONTDESK_ENV: 'production',
    });
    expect(code).toBe(0);
    expect(stdout).toContain('1 messages waited');
    expect(await scene.queues.depth('conversation-dlq.fifo')).toBe(0);
    const { rows } = await scene.postgres.owner.query(
      `select org_id, actor, subject_id, details from audit_log where action = 'queue.purged'`,
    );
    expect(rows).toHaveLength(2);
    expect(rows).toContainEqual({
      org_id: otherClinic,
      actor: 'operator:ada',
      subject_id: 'conversation-dlq.fifo',
      details: { messages: 1 },
    });
  });
});
