import type { TenantTransaction } from '@frontdesk/db';
import { failpoint, type Id } from '@frontdesk/kernel';
import { linkFaults } from '../content/link-faults.ts';
import { judgeScheduledText } from '../scheduled/reason-to-send.ts';
import type { ScheduledKind } from '../scheduled/scheduled-text.ts';
import { greetingValues, offerFollowUpText, reminderText, reminderValues } from '../scheduled/scheduled-words.ts';
import type { TextClass } from '../text-class.ts';
import type { TemplateValues } from '../whatsapp/template-values.ts';
import { lockScheduledText, type LockedScheduledText } from './lock-scheduled-text.ts';
import { requestText } from './request-text.ts';
import { endScheduledText } from './write-scheduled-texts.ts';

export type ScheduledOutcome = { textKind: ScheduledKind; outcome: 'asked' | 'cancelled' | 'dropped' };

/**
 * A follow-up on an offer ends an exchange that the person began, so it is none of marketing, but it waits for the hours
 * in which texts may come. The clinic's own words after a visit may ask for a review: they are marketing, which needs
 * the person's written consent.
 */
const classes: Record<ScheduledKind, TextClass> = {
  'visit-reminder': 'reminder',
  'offer-follow-up': 'reminder',
  'visit-follow-up': 'marketing',
};

/**
 * Asks for a scheduled text that is due and still has its reason, and ends its row in the same transaction. Null when
 * there is nothing to do: not due yet, over, or another process is at it.
 */
export async function askForScheduledText(
  tx: TenantTransaction,
  { orgId, id, now }: { orgId: Id; id: Id; now: Temporal.Instant },
): Promise<ScheduledOutcome | null> {
  const text = await lockScheduledText(tx, { orgId, id, now });
  if (text === null) return null;
  const judgement = judgeScheduledText(text, now);
  const body = wordsOf(text);
  if (judgement.kind === 'not-due') return null;
  const hasForeignLink =
    body !== null && text.kind === 'visit-follow-up' && linkFaults(body, text.linkHosts).length > 0;
  if (judgement.kind === 'ask' && body !== null && !hasForeignLink) {
    const asked = await ask(tx, { orgId, id, now, text, body });
    failpoint('scheduled.before-commit');
    return asked;
  }
  const withoutWords = hasForeignLink ? 'foreign-link' : 'no-longer-planned';
  const reason = judgement.kind === 'ask' ? withoutWords : judgement.reason;
  const state = judgement.kind === 'drop' ? 'dropped' : 'cancelled';
  await endScheduledText(tx, { orgId, id, state, reason, now });
  return { textKind: text.kind, outcome: state };
}

type Asking = { orgId: Id; id: Id; now: Temporal.Instant; text: LockedScheduledText; body: string };

async function ask(tx: TenantTransaction, { orgId, id, now, text, body }: Asking): Promise<ScheduledOutcome> {
  const { kind, contactId, conversationId, from, to, expiresAt, appointment, causationId } = text;
  await requestText(tx, {
    orgId,
    recipient: { contactId, conversationId },
    from,
    to,
    class: classes[kind],
    kind,
    body,
    values: valuesOf(text, body),
    expiresAt,
    ...(appointment !== null && { appointment }),
    causeKey: `scheduled:${id}`,
    correlationId: conversationId,
    causationId,
    now,
  });
  await endScheduledText(tx, { orgId, id, state: 'asked', reason: null, now });
  return { textKind: kind, outcome: 'asked' };
}

function valuesOf({ kind, clinicName: clinic, firstName, visit }: LockedScheduledText, text: string): TemplateValues {
  const greeting = greetingValues({ clinic, firstName });
  switch (kind) {
    case 'visit-reminder':
      return visit === null ? greeting : reminderValues(visit);
    case 'offer-follow-up':
      return greeting;
    case 'visit-follow-up':
      return { ...greeting, text };
  }
}

/** Null when the clinic has no words for it any more. */
function wordsOf({ kind, clinicName, visit, visitFollowUpText }: LockedScheduledText): string | null {
  switch (kind) {
    case 'visit-reminder':
      return visit === null ? null : reminderText(visit);
    case 'offer-follow-up':
      return offerFollowUpText(clinicName);
    case 'visit-follow-up':
      return visitFollowUpText;
  }
}
