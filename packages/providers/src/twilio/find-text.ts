import { olderForm } from '@frontdesk/kernel';
import type { LookUpAnswer, LostTry } from '@frontdesk/messaging/ports';
import type twilio from 'twilio';
import { twilioAddress } from './address.ts';
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
 * - how it names people from Mexico and Brazil on WhatsApp, some of whose numbers WhatsApp writes in an older form than the desk: that
 *   nothing is found for one of them says nothing.
 * The list is not asked by DateSent: a text that still waits in Twilio's queue has none, and would be taken for missing.
 * On WhatsApp a text may have left in other words than its own, as a template or with a list below it: then whatever went to the
 * person at the time may be it, and only that nothing went decides.
 */
export async function findText(client: twilio.Twilio, lost: LostTry, pageSize = largestPage): Promise<LookUpAnswer> {
  const { channel } = lost;
  const asked = { from: twilioAddress(channel, lost.from), to: twilioAddress(channel, lost.to), pageSize };
  let page = await client.messages.page(asked);
  let others = 0;
  for (let n = 1; ; n++) {
    const then = page.instances.filter((message) => isOfTheTime(message, lost));
    const found = then.find((message) => saysTheSame(message, lost));
    if (found !== undefined) return knownAs(found);
    others += then.length;
    if (page.nextPageUrl === undefined) {
      const isInDoubt = channel === 'whatsapp' && (others > 0 || olderForm(lost.to) !== null);
      return { kind: isInDoubt ? 'cannot-tell' : 'has-not' };
    }
    if (n === mostPages) return { kind: 'cannot-tell' };
    page = await client.messages.getPage(page.nextPageUrl);
  }
}

function saysTheSame({ body }: Message, lost: LostTry): boolean {
  const [said, wanted] = [body.trim(), lost.body.trim()];
  return said === wanted || (lost.channel === 'whatsapp' && wanted !== '' && said.startsWith(`${wanted}\n`));
}

function isOfTheTime({ dateCreated }: Message, lost: LostTry): boolean {
  const createdAt = Temporal.Instant.fromEpochMilliseconds(dateCreated.getTime());
  return (
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
