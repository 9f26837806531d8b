import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { clearToSend, suppressions, type SuppressionReason, type TextAtTheGate } from '../clear-to-send.ts';
import { countSegments, type SegmentCount } from '../segments/count-segments.ts';
import type { ChosenTemplate } from '../whatsapp/choose-template.ts';
import type { SmsLine } from './find-sms-line.ts';
import { smsOf } from './leave-by-sms.ts';
import { lockQueuedText } from './lock-text.ts';
import type { LockedText } from './locked-text.ts';
import { suppressText } from './suppress-text.ts';

/** What will become of a text, as far as it can be told now. */
export type Foretold =
  | {
      kind: 'queued';
      willLeaveAt: Temporal.Instant | null;
      /** What is said in its place, where nothing but a template may be said as things are. */
      template: Pick<ChosenTemplate, 'id' | 'name' | 'language' | 'body'> | null;
      /** What it costs as the SMS that leaves in place of a text of WhatsApp; null where none does. */
      bySms: Pick<SegmentCount, 'segments' | 'encoding'> | null;
    }
  | { kind: 'suppressed'; reason: SuppressionReason; words: string };

/** Waiting for an earlier text to the same person is no delay that anybody wants to hear of. */
const worthTelling = Temporal.Duration.from({ minutes: 1 });

/**
 * Tells whoever has just asked for a text what the last gate says of it, in the transaction that asked. What may never leave
 * is suppressed at once; everything else is looked at again when it leaves.
 */
export async function foretellText(
  tx: TenantTransaction,
  { orgId, messageId, actor, now }: { orgId: Id; messageId: Id; actor: string; now: Temporal.Instant },
): Promise<Foretold> {
  const text = await lockQueuedText(tx, { orgId, messageId, now: toDate(now) });
  if (text === null) return { kind: 'queued', willLeaveAt: null, template: null, bySms: null };
  const { smsInstead, body } = text;
  const clearance = clearToSend(smsInstead === null ? text : asSms(text, smsInstead), now);
  if (clearance.kind === 'suppressed') {
    const { reason } = clearance;
    for (const part of await partsOf(tx, { orgId, messageId })) {
      await suppressText(tx, { orgId, messageId: part, reason, actor, now });
    }
    return { kind: 'suppressed', reason, words: suppressions[reason] };
  }
  const isLater = clearance.kind === 'wait' && Temporal.Instant.compare(clearance.until, now.add(worthTelling)) >= 0;
  const { template } = clearance;
  const bySms = smsInstead === null ? null : costBySms(body);
  return { kind: 'queued', willLeaveAt: isLater ? clearance.until : null, template, bySms };
}

/** As the gate sees it once it is an SMS. */
function asSms(text: LockedText, { campaignClosed }: SmsLine): TextAtTheGate {
  return { ...text, channel: 'sms', fromNumberIsClinics: true, campaignClosed, onWhatsApp: null };
}

function costBySms(words: string): Pick<SegmentCount, 'segments' | 'encoding'> {
  const counted = smsOf(words).map(countSegments);
  return {
    segments: counted.reduce((sum, { segments }) => sum + segments, 0),
    encoding: counted.some(({ encoding }) => encoding === 'UCS-2') ? 'UCS-2' : 'GSM-7',
  };
}

/** The text, and what follows it when it is too long for one. */
async function partsOf(tx: TenantTransaction, { orgId, messageId }: { orgId: Id; messageId: Id }): Promise<Id[]> {
  const parts = await tx.$queryRaw<{ id: Id }[]>`
    select p.id from outbound_messages m join outbound_messages p on p.org_id = m.org_id and p.to_number = m.to_number
    where m.org_id = ${orgId}::uuid and m.id = ${messageId}::uuid
      and (p.id = m.id or p.state = 'queued' and p.seq > m.seq and starts_with(p.cause_key, m.cause_key || ':part-'))`;
  return parts.map(({ id }) => id);
}
