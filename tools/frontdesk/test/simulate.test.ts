import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { npmStart, type NpmStart } from './npm-start.ts';
import { frontdesk, spawnFrontdesk } from './run-frontdesk.ts';

let stack: NpmStart;
let local: NpmStart['local'];
beforeAll(async () => {
  stack = await npmStart();
  ({ local } = stack);
}, 90_000);
afterAll(() => stack?.close(), 30_000);

const simulate = async (...words: string[]) => {
  const { code, stdout, stderr } = await frontdesk(['simulate', ...words, '--wait', '60', '--json'], local);
  // The JSON of these verbs, whose shape the first test holds.
  return {
    code,
    stderr,
    ...(JSON.parse(stdout) as { answered: boolean; thread: { direction: string; text: string }[] }),
  };
};

describe('on the stack of npm start', () => {
  it('a text is answered, and the thread printed', async () => {
    const { code, stdout, stderr } = await spawnFrontdesk(
      ['simulate', 'text', 'Is there parking?', '--as', 'stranger', '--wait', '60'],
      local,
    );
    expect(code).toBe(0);
    expect(stderr).toContain('On the stack of npm start');
    expect(stdout).toMatch(/Unknown number: Is there parking\?\n.*Radiance Medspa: .*parking/i);
  }, 90_000);

  it('a call that nobody answers is texted back', async () => {
    const { code, answered, thread } = await simulate('call', '--as', 'ben');
    expect({ code, answered }).toEqual({ code: 0, answered: true });
    expect(thread.at(-1)).toMatchObject({ direction: 'in', text: expect.stringMatching(/missed your call/) });
  }, 90_000);

  it('a patient texts their way to a deposit link, pays it and is booked', async () => {
    await simulate('text', "Hi, I'm Ana, a new client. I'd like botox on a weekday afternoon");
    await simulate('text', 'The first one, please');
    await simulate('text', 'Yes, please send the link');
    const declined = await frontdesk(['simulate', 'payment', '--decline'], local);
    expect(declined.code).toBe(0);
    const { code, thread } = await simulate('payment');
    expect(code).toBe(0);
    expect(thread.at(-1)?.text).toMatch(/booked/);
  }, 180_000);

  it('nobody can pay without a link, nor text as somebody who is not there', async () => {
    expect(await frontdesk(['simulate', 'payment', '--as', 'ben'], local)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no deposit link'),
    });
    expect(await frontdesk(['simulate', 'text', 'hi', '--as', 'maya'], local)).toMatchObject({ code: 2 });
  });

  it('the other verbs find the same stack, and forget it when it stops', async () => {
    expect((await frontdesk(['queues', 'depth', 'messaging.fifo'], local)).code).toBe(0);
    expect((await frontdesk(['dlq', 'list'], local)).stdout).toContain('There are none.');
    await stack.stop();
    expect(existsSync(local.FRONTDESK_STACK_FILE)).toBe(false);
    expect(await frontdesk(['queues', 'depth'], local)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('npm start'),
    });
  }, 180_000);
});

describe('anywhere else', () => {
  it.each(['production', 'staging', ''])('nothing is simulated where FRONTDESK_ENV is "%s"', async (environment) => {
    const place = { FRONTDESK_ENV: environment, AWS_REGION: 'us-east-1' };
    expect(await frontdesk(['simulate', 'text', 'hi'], place)).toMatchObject({ code: 3, stdout: '' });
  });
});
