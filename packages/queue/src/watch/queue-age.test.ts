import { describe, expect, it } from '@jest/globals';
import { makeQueueAge } from './queue-age.ts';

const empty = { visible: 0, inFlight: 0, delayed: 0 };
const busy = { visible: 3, inFlight: 1, delayed: 0 };
const second = 1_000;

describe('the age of the oldest message', () => {
  it('is nothing while the queue is empty', () => {
    const age = makeQueueAge();
    age.received([{ receiptHandle: 'a', sentAt: 0 }]);
    age.letGo('a');
    expect(age.seen(empty, 90 * second)).toBe(0);
  });

  it('is that of the message in hand that was sent first', () => {
    const age = makeQueueAge();
    age.received([
      { receiptHandle: 'a', sentAt: 10 * second },
      { receiptHandle: 'b', sentAt: 5 * second },
    ]);
    expect(age.seen({ ...empty, inFlight: 2 }, 20 * second)).toBe(15);
    age.letGo('b');
    expect(age.seen({ ...empty, inFlight: 1 }, 20 * second)).toBe(10);
  });

  it('grows from the first sight of a queue from which nothing comes', () => {
    const age = makeQueueAge();
    expect(age.seen({ ...empty, visible: 1 }, 100 * second)).toBe(0);
    expect(age.seen({ ...empty, visible: 9 }, 160 * second)).toBe(60);
  });

  it('follows what is handed out while more waits', () => {
    const age = makeQueueAge();
    age.received([{ receiptHandle: 'a', sentAt: 50 * second }]);
    age.letGo('a');
    expect(age.seen(busy, 60 * second)).toBe(10);
    age.received([{ receiptHandle: 'b', sentAt: 58 * second }]);
    age.letGo('b');
    expect(age.seen(busy, 60 * second)).toBe(2);
  });

  it('starts anew when the queue was empty in between', () => {
    const age = makeQueueAge();
    age.seen({ ...empty, visible: 1 }, 0);
    age.seen(empty, 500 * second);
    expect(age.seen({ ...empty, delayed: 1 }, 600 * second)).toBe(0);
    expect(age.seen({ ...empty, delayed: 1 }, 603 * second)).toBe(3);
  });

  it('is never below zero, however the clocks of SQS and this machine differ', () => {
    const age = makeQueueAge();
    age.received([{ receiptHandle: 'a', sentAt: 70 * second }]);
    expect(age.seen(busy, 60 * second)).toBe(0);
  });
});
