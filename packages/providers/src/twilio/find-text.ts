import type { LookUpAnswer, LostTry } from '@frontdesk/messaging/ports';
import type twilio from 'twilio';
import { deliveryStatusOf } from './delivery-status.ts';

/** The most that Twilio puts on one page. */
const largestPage = 1_000;
const mostPages = 5;

/** Twilio tells the second alone, by a clock that may be behind ours. */
const tolerance = Temporal.Duration.from({ seconds: 5 });
/** No request is under way for longer. */
const longestTry = Temporal.Duration.from({ minutes: 2 });

type Message = Awaited<ReturnType<twilio.Twilio['messages']['page']>>['instances'][number];

/**
 * Looks for a lost try among the texts from that number to that person: the one with its words from the time of the try.
 * UNVERIFIED, and kept here alone:
 * - when a text that was just taken is in the list at once; ask some while after the try;
 * - that the list gives the words as they were sent, but for blanks at their ends.
 * The list is not asked by DateSent: a text that still waits in Twilio's queue has none, and would be taken for missing.
 */
export async function findText(client: twilio.Twilio, lost: LostTry, pageSize = largestPage): Promise<LookUpAnswer> {
  const asked = { from: lost.from, to: lost.to, pageSize };
  let page = await client.messages.page(asked);
  for (let n = 1; ; n++) {
    const found = page.instances.find((message) => isLost(message, lost));
    if (found !== undefined) return knownAs(found);
    if (page.nextPageUrl === undefined) return { kind: 'has-not' };
    if (n === mostPages) return { kind: 'cannot-tell' };
    page = await client.messages.getPage(page.nextPageUrl);
  }
}

function isLost({ body, dateCreated }: Message, lost: LostTry): boolean {
  const createdAt = Temporal.Instant.fromEpochMilliseconds(dateCreated.getTime());
  return (
    body.trim() === lost.body.trim() &&
    Temporal.Instant.compare(createdAt, lost.startedAt.subtract(tolerance)) >= 0 &&
    Temporal.Instant.compare(createdAt, lost.startedAt.add(longestTry)) <= 0
  );
}

function knownAs({ sid, status, errorCode }: Message): LookUpAnswer {
  const known = deliveryStatusOf(status);
  if (known === null) return { kind: 'cannot-tell' };
  return {
    kind: 'has-it',
    providerMessageId: sid,
    status: known,
    errorCode: Number.isInteger(errorCode) && errorCode !== 0 ? String(errorCode) : null,
  };
}
