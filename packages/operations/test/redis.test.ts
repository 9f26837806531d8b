import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { examineRedis } from '@frontdesk/operations';
import { startTestRedis, type TestRedis } from '@frontdesk/testkit';

let redis: TestRedis;
beforeAll(async () => {
  redis = await startTestRedis();
});
afterAll(() => redis.stop());

async function setPolicy(policy: string): Promise<void> {
  const { hostname, port } = new URL(redis.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  socket.write(`CONFIG SET maxmemory-policy ${policy}\r\n`);
  await once(socket, 'data');
  socket.destroy();
}

describe('the Redis of the alarms', () => {
  it('keeps everything', async () => {
    expect(await examineRedis(redis.url)).toEqual([expect.objectContaining({ verdict: 'fine', says: 'noeviction' })]);
  });

  it('is wrong when it forgets under pressure', async () => {
    await setPolicy('allkeys-lru');
    const findings = await examineRedis(redis.url);
    await setPolicy('noeviction');
    expect(findings).toEqual([expect.objectContaining({ verdict: 'wrong', says: 'maxmemory-policy is allkeys-lru' })]);
  });

  it('that does not answer is an error', async () => {
    await expect(examineRedis('redis://127.0.0.1:1')).rejects.toThrow(/ECONNREFUSED|closed/);
  });
});
