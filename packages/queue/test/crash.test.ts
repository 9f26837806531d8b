import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { newId } from '@frontdesk/kernel';
import { until } from '@frontdesk/testkit';
import { setScene, type Scene } from './consumer-scene.ts';
import { commitTexts } from './outbox-writer.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await setScene();
});
afterAll(() => scene.close());

function startProcess(...failpoints: string[]): ChildProcess {
  const program = new URL('./crashing-process.ts', import.meta.url).pathname;
  const settings = [scene.postgres.appUrl, scene.queues.endpoint, ...failpoints];
  return spawn(process.execPath, [program, ...settings], { stdio: ['ignore', 'inherit', 'inherit'] });
}

async function effectsOf(eventIds: readonly string[]): Promise<string[]> {
  const { rows } = await scene.postgres.owner.query<{ event_id: string }>(
    'select event_id from effects where event_id = any ($1::uuid[]) order by n',
    [eventIds],
  );
  return rows.map((row) => row.event_id);
}

describe('a process that is killed', () => {
  it.each(['relay.after-claim', 'relay.after-publish', 'consumer.before-commit', 'consumer.before-delete'])(
    'at %s leaves each event to take effect exactly once, in order',
    async (failpoint) => {
      const group = newId();
      const writer = scene.postgres.as('frontdesk_conversation_worker');
      const eventIds = await commitTexts(writer, scene.orgId, [group, group, group]);
      const [, signal] = (await once(startProcess(failpoint), 'exit')) as [number | null, NodeJS.Signals]; // of 'exit'
      expect(signal).toBe('SIGKILL');
      const survivor = startProcess();
      try {
        await until('every effect', async () => (await effectsOf(eventIds)).length >= 3);
        await scene.queueIsEmpty();
        expect(await effectsOf(eventIds)).toEqual(eventIds);
      } finally {
        survivor.kill('SIGKILL');
        await once(survivor, 'exit');
      }
    },
  );
});
