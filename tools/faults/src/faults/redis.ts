import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { startTestRedis } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import { mistreatSends, untilRefused } from '../stand/at-the-carrier.ts';

const cannotRun = () =>
  spawnSync('redis-server', ['--version']).status === 0 ? null : 'redis-server is not installed';

/** With alarms on Redis, a text that the carrier refused at first, and Redis losing its memory before it is due. */
const loses = (name: string, injects: string, lose: (redis: Redis) => Promise<void>) =>
  fault({
    name,
    group: 'alarms on Redis',
    injects,
    holds: 'the sweeps find what is due: the text leaves, once',
    reach: 'the whole desk',
    longRunsOnly: true,
    cannotRun,
    inject: async (scene) => {
      const { desk } = scene;
      const redis = stoppedOnce(await startTestRedis());
      const worker = desk.services['messaging-worker'];
      await worker.restart({ REDIS_URL: redis.url });
      const patient = scene.patient();
      mistreatSends(scene, patient, { kind: 'answer', status: 429 }, 2);
      await patient.text('What are your hours on Saturday?');
      await untilRefused(scene, patient);
      await lose(redis);
      await patient.hears(/9/);
      await worker.restart();
      await redis.stop();
    },
  });

type Redis = Awaited<ReturnType<typeof startTestRedis>>;

function stoppedOnce(redis: Redis): Redis {
  let stopped: Promise<void> | null = null;
  return { url: redis.url, stop: () => (stopped ??= redis.stop()) };
}

export const redisFaults: readonly Fault[] = [
  loses('redis-forgets-everything', 'Redis forgets every alarm (FLUSHALL)', async ({ url }) => {
    // Redis understands plain lines, too.
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('FLUSHALL\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer]; // the event of a socket without an encoding
    socket.destroy();
    assert.match(answer.toString(), /^\+OK/);
  }),
  loses('redis-dies', 'Redis dies and stays away', (redis) => redis.stop()),
];
