import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { freePort } from '@frontdesk/local-stack';

/** A Redis server of one test file. */
export type TestRedis = { url: string; stop(): Promise<void> };

const readyWithinMs = 10_000;

/** Takes the server at REDIS_URL, or starts `redis-server` on a free port as production runs it: it evicts nothing. */
export async function startTestRedis(): Promise<TestRedis> {
  const given = process.env['REDIS_URL'];
  if (given !== undefined) return { url: given, stop: async () => {} };
  const port = await freePort();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--maxmemory-policy', 'noeviction'];
  const server = spawn('redis-server', settings, { stdio: 'ignore' });
  const missing = once(server, 'error').then(() => {
    throw new Error('these tests need a Redis: set REDIS_URL, or install redis-server (apt-get install redis-server)');
  });
  await Promise.race([answers(port), missing]);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      const ended = once(server, 'exit');
      server.kill();
      await ended;
    },
  };
}

async function answers(port: number): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      socket.destroy();
    }
  }
  throw new Error(`redis-server did not answer within ${readyWithinMs} ms`);
}
