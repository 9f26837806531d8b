import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { maxReceiveCount } from '@frontdesk/contracts';
import { newId, type Id } from '@frontdesk/kernel';
import { until } from '@frontdesk/testkit';
import { setStage, type Stage } from './consumer-scene.ts';
import { commitTexts } from './outbox-writer.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

function startDesk({ failpoint = '', poison = '' } = {}): ChildProcess {
  const program = new URL('./crashing-desk.ts', import.meta.url).pathname;
  return spawn(process.execPath, [program, stage.postgres.appUrl, failpoint, poison], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

const write = (groups: readonly Id[]) =>
  commitTexts(stage.postgres.as('frontdesk_conversation_worker'), stage.orgId, groups);
const effectsOf = (ids: readonly Id[]) => stage.effectsOf(...ids.map((id) => ({ id })));
const outboxIsEmpty = async () => (await stage.postgres.owner.query('select 1 from outbox')).rowCount === 0;
const deathOf = async (desk: ChildProcess) => (await once(desk, 'exit'))[1] as NodeJS.Signals | null; // of 'exit'

async function withSurvivor(during: () => Promise<unknown>, options: Parameters<typeof startDesk>[0] = {}) {
  const survivor = startDesk(options);
  try {
    await during();
  } finally {
    survivor.kill('SIGKILL');
    await once(survivor, 'exit');
  }
}

describe('a desk in one process that is killed', () => {
  it.each(['in-process.after-hand-out', 'consumer.before-commit', 'consumer.before-delete'])(
    'at %s leaves each event to take effect exactly once, in order',
    async (failpoint) => {
      const group = newId();
      const ids = await write([group, group, group]);
      expect(await deathOf(startDesk({ failpoint }))).toBe('SIGKILL');
      await withSurvivor(() => until('an empty outbox', outboxIsEmpty));
      expect(await effectsOf(ids)).toEqual(ids);
    },
  );

  it('by an event, again and again, parks that event and carries the others through', async () => {
    const ids = await write(Array.from({ length: 9 }, () => newId()));
    const poison = String(ids[4]);
    for (let deaths = 0; deaths < maxReceiveCount; deaths++) {
      expect(await deathOf(startDesk({ poison }))).toBe('SIGKILL');
    }
    await withSurvivor(() => until('an empty outbox', outboxIsEmpty), { poison });
    const innocent = ids.filter((id) => id !== poison);
    expect((await effectsOf(innocent)).toSorted()).toEqual(innocent.toSorted());
    const { rows } = await stage.postgres.owner.query('select reason, event_type from parked_messages');
    expect(rows).toEqual([
      { event_type: 'messaging.text-requested.v1', reason: expect.stringMatching(/^dead letter: handed out 10 times/) },
    ]);
  });
});
