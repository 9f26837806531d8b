/** How much a queue holds, as SQS estimates it. */
export type Depth = { visible: number; inFlight: number; delayed: number };

/**
 * How old the oldest message of a queue is, as far as its consumer can know: SQS tells it only to CloudWatch. What is in hand
 * says when it was sent. What waits was sent after the last message that was handed out, or, while none comes, at the
 * latest when the queue was first seen with messages in it.
 */
export function makeQueueAge() {
  const inHand = new Map<string, number>();
  let waitingSince: number | null = null;
  return {
    /** Messages came; `sentAt` in milliseconds of the epoch. */
    received(messages: readonly { receiptHandle: string; sentAt: number }[]): void {
      for (const { receiptHandle, sentAt } of messages) {
        inHand.set(receiptHandle, sentAt);
        waitingSince = Math.max(waitingSince ?? 0, sentAt);
      }
    },
    /** The consumer holds the message no longer: it is done, or comes again later. */
    letGo(receiptHandle: string): void {
      inHand.delete(receiptHandle);
    },
    /** The age in seconds, after a look at the queue. */
    seen({ visible, inFlight, delayed }: Depth, now: number): number {
      if (visible + delayed === 0) waitingSince = null;
      else waitingSince ??= now;
      if (visible + inFlight + delayed === 0) return 0;
      const oldest = Math.min(now, waitingSince ?? now, ...inHand.values());
      return (now - oldest) / 1_000;
    },
  };
}

export type QueueAge = ReturnType<typeof makeQueueAge>;
