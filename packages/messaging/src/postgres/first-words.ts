import type { Channel } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { introduceClinic, withoutNotice } from '../content/introduce-clinic.ts';
import { costOn, splitOn } from '../segments/parts-on-channel.ts';
import type { TextClass } from '../text-class.ts';

type Conversation = { orgId: Id; conversationId: Id };

export type LeavingText = {
  orgId: Id;
  messageId: Id;
  channel: Channel;
  conversationId: Id | null;
  class: TextClass;
  body: string;
  clinicName: string;
  /** Another text has left for this person before. */
  met: boolean;
};

/**
 * The words of a text that leaves now: the first to leave introduces the clinic, whichever was asked for first, and no later
 * one does. The row keeps what leaves. Two that leave at the same time wait for each other.
 */
export async function wordsToLeave(tx: TenantTransaction, text: LeavingText): Promise<string> {
  const { orgId, messageId, channel, conversationId, class: ofClass, body, clinicName } = text;
  if (conversationId === null || ofClass === 'keyword-answer') return body;
  const first = !text.met && !(await isMetByNow(tx, { orgId, conversationId, messageId }));
  const words = first ? introducedWithinOne(body, { clinicName, ofClass, channel }) : withoutNotice(body, ofClass);
  if (words === body) return body;
  const cost = costOn(channel, words);
  await tx.$executeRaw`
    update outbound_messages set body = ${words}, segments = ${cost?.segments ?? null}::smallint, encoding = ${cost?.encoding ?? null}
    where org_id = ${orgId}::uuid and id = ${messageId}::uuid`;
  return words;
}

/** A part of a text that was split keeps its words when it has no room for more. */
function introducedWithinOne(
  body: string,
  { channel, ...clinic }: { clinicName: string; ofClass: TextClass; channel: Channel },
): string {
  const split = splitOn[channel];
  const [introduced = body, ...more] = split(introduceClinic(body, { ...clinic, split }));
  return more.length === 0 ? introduced : body;
}

async function isMetByNow(
  tx: TenantTransaction,
  { orgId, conversationId, messageId }: Conversation & { messageId: Id },
): Promise<boolean> {
  // In one write; the second runs once the first has the lock, and sees what was committed until then.
  const [, [found]] = await Promise.all([
    tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('introduction ' || ${conversationId}::text, 0))`,
    tx.$queryRaw<{ met: boolean }[]>`
      select exists (select from outbound_messages where org_id = ${orgId}::uuid and conversation_id = ${conversationId}::uuid
        and id <> ${messageId}::uuid and class <> 'keyword-answer'
        and state in ('sending', 'sent', 'delivered', 'read', 'unknown')) as met`,
  ]);
  return found?.met === true;
}
