import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { textRequested } from '@frontdesk/testkit';
import { setQueueScene, type QueueScene } from './queue-scene.ts';
import { frontdesk, spawnFrontdesk } from './run-frontdesk.ts';

let scene: QueueScene;
beforeAll(async () => {
  scene = await setQueueScene();
});
afterAll(() => scene.close());

const run = (...words: string[]) => frontdesk(['dlq', ...words], scene.given);
const json = async (...words: string[]): Promise<unknown> => JSON.parse((await run(...words, '--json')).stdout);

describe('dlq list', () => {
  it('says what waits, why it failed and what a redrive does, of both places', async () => {
    const event = textRequested(scene.orgId);
    const parked = await scene.park(event);
    const killed = await scene.send('messaging-dlq.fifo', textRequested(scene.orgId));
    const { stdout, code } = await spawnFrontdesk(['dlq', 'list'], scene.given);
    expect(code).toBe(0);
    expect(stdout).toContain(parked);
    expect(stdout).toContain(killed);
    expect(stdout).toContain('failed:  It speaks of something that is not there: no such text');
    expect(stdout).toMatch(/waits: +text [0-9a-f-]{36} to contact/);
    expect(stdout).toContain('redrive: messaging-worker handles it, unless it did already');
    expect(stdout).toContain('2 in all.');
  });

  it('is chosen by type, clinic, queue and age', async () => {
    const { orgId } = scene;
    const all = [
      '--type',
      'messaging.text-requested',
      '--clinic',
      orgId,
      '--queue',
      'messaging.fifo',
      '--newer-than',
      '1h',
    ];
    expect(await json('list', ...all)).toHaveProperty('letters.length', 2);
    for (const words of [
      ['--clinic', newId()],
      ['--type', 'x'],
      ['--queue', 'payments.fifo'],
      ['--older-than', '1h'],
    ]) {
      expect(await json('list', ...words)).toMatchObject({ letters: [] });
    }
  });

  it('answers machines without bodies', async () => {
    expect(await json('list', '--limit', '1')).toEqual({
      letters: expect.arrayContaining([
        {
          id: expect.any(String),
          place: expect.stringMatching(/parked|dead-letter-queue/),
          queue: 'messaging.fifo',
          eventId: expect.any(String),
          type: 'messaging.text-requested.v1',
          orgId: scene.orgId,
          since: expect.stringMatching(/^\d{4}-.*Z$/),
          tries: expect.any(Number),
          why: expect.any(String),
          waits: expect.any(String),
          redrive: expect.any(String),
          futile: false,
          settled: null,
        },
      ]),
      unseen: expect.any(Number),
      more: false,
    });
  });

  it('needs the database, and says which setting names it', async () => {
    const { AWS_ENDPOINT_URL = '' } = scene.given;
    const { code, stderr } = await frontdesk(['dlq', 'list'], { AWS_ENDPOINT_URL, FRONTDESK_ENV: 'local' });
    expect(code).toBe(2);
    expect(stderr).toContain('DATABASE_OPERATOR_URL');
  });
});

describe('dlq show', () => {
  it('prints the envelope, by the id of the message or of its event', async () => {
    const event = textRequested(scene.orgId);
    const parked = await scene.park(event);
    for (const id of [parked, event.id]) expect((await run('show', id)).stdout).toContain(JSON.stringify(event));
    expect(await json('show', parked)).toMatchObject({ letters: [{ id: parked, body: JSON.stringify(event) }] });
  });

  it('ends with 1 for an id that is nothing', async () => {
    const { code, stderr } = await run('show', newId());
    expect(code).toBe(1);
    expect(stderr).toContain('Not among the dead letters');
  });
});

describe('dlq redrive', () => {
  it('only says what it would do until --yes', async () => {
    const event = textRequested(scene.orgId);
    const parked = await scene.park(event);
    const { code, stdout } = await run('redrive', parked);
    expect(code).toBe(0);
    expect(stdout).toContain('1 would be redriven. Nothing was done; --yes does it.');
    expect(await json('redrive', parked)).toMatchObject({ dryRun: true, letters: [{ id: parked }] });
    expect(await scene.queues.depth('messaging.fifo')).toBe(0);
  });

  it('puts messages of both places back, says who did it, and does nothing the second time', async () => {
    const parked = await scene.park(textRequested(scene.orgId));
    const killed = await scene.send('messaging-dlq.fifo', textRequested(scene.orgId));
    const words = ['dlq', 'redrive', parked, killed, '--rate', '100', '--yes'];
    const first = await spawnFrontdesk(words, scene.given);
    expect(first).toMatchObject({ code: 0, stdout: '2 redriven.\n' });
    expect(await scene.queues.depth('messaging.fifo')).toBe(2);
    const second = await frontdesk(words, { ...scene.given, FRONTDESK_OPERATOR: 'eve' });
    expect(second.code).toBe(0);
    for (const id of [parked, killed]) expect(second.stdout).toContain(`${id} was redriven by ada at `);
    expect(second.stdout).toContain('0 redriven.');
    expect(await scene.queues.depth('messaging.fifo')).toBe(2);
  });

  it('warns that a message which nobody knows will only be parked again', async () => {
    const parked = await scene.park(textRequested(scene.orgId, { type: 'messaging.text-requested.v9' }));
    expect((await run('redrive', parked)).stdout).toContain('only be parked again, unless a service that knows');
    expect(await json('redrive', parked, '--yes')).toMatchObject({
      dryRun: false,
      redriven: [{ id: parked, futile: true }],
    });
  });

  it('ends with 1 for what cannot be put back', async () => {
    const parked = await scene.park(textRequested(newId()));
    const { code, stderr } = await run('redrive', parked, '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain(parked);
  });

  it('wants to be told which ones', async () => {
    const { code, stderr } = await run('redrive', '--yes');
    expect(code).toBe(2);
    expect(stderr).toContain('Which ones?');
  });
});

describe('dlq dismiss', () => {
  it('gives a message up with --yes alone, for ever', async () => {
    const parked = await scene.park(textRequested(newId()));
    expect((await run('dismiss', parked)).stdout).toContain('1 would be given up for ever. Nothing was done');
    expect(await json('dismiss', parked, '--yes')).toMatchObject({ dryRun: false, dismissed: [{ id: parked }] });
    expect((await run('redrive', parked, '--yes')).stdout).toContain(`${parked} was dismissed by ada at `);
  });
});
