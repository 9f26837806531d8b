import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { present } from '@frontdesk/kernel';
import { until } from '@frontdesk/testkit';
import { crashAt } from './crash-at.ts';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

// What the person gets is decided by when the worker dies; whoever takes over never adds a second text.
describe('a worker that dies', () => {
  it.each([
    ['before the claim is committed', 'consumer.before-commit', ['hello'], 'sent'],
    ['after the claim, before the carrier', 'send.after-claim', [], 'unknown'],
    ['after the carrier, before the outcome', 'send.after-carrier', ['hello'], 'unknown'],
    ['after the outcome', 'send.after-outcome', ['hello'], 'sent'],
  ])('%s', async (_when, failpoint, received, state) => {
    const person = await desk.person();
    const id = present((await desk.request(person, 'hello'))[0], 'the text');
    await crashAt(desk.environment, failpoint);
    await desk.withWorker(
      async () => {
        await until(`the text is ${state}`, async () => (await desk.text(id))?.state === state);
        if (state === 'unknown') await until('a task', async () => (await desk.tasksOf(id)).length === 1);
      },
      { SWEEP_EVERY_MS: '50', UNKNOWN_AFTER_MS: '1000' },
    );
    expect(desk.received(person)).toEqual(received);
    expect((await desk.text(id))?.attempts).toBe(1);
  });
});
