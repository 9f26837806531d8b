import { z } from 'zod';

/** What a replayed event says of its replay. */
export const replaySchema = z.object({
  number: z.int().positive(),
  /** `withheld`: nothing that follows from it leaves the house. */
  effects: z.enum(['withheld', 'allowed']),
  /** `bypassed`: it is handled again although the inbox knows it. Left out, the inbox is respected. */
  inbox: z.enum(['respected', 'bypassed']).optional(),
});

export type Replay = z.infer<typeof replaySchema>;

/** Under which id SQS and the inbox know an event. A replay needs one that SQS's memory of five minutes has not seen. */
export type DeliveryIds = { deduplicationId: string; inboxId: string };

export function deliveryIds(eventId: string, replay: Pick<Replay, 'number' | 'inbox'> | undefined): DeliveryIds {
  if (replay === undefined) return { deduplicationId: eventId, inboxId: eventId };
  const replayId = `${eventId}:r${replay.number}`;
  return { deduplicationId: replayId, inboxId: replay.inbox === 'bypassed' ? replayId : eventId };
}
