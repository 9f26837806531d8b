import { recordAudit, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id, type PhoneNumber } from '@frontdesk/kernel';
import type { OpenTask, SuppressTextsFrom } from '../number-ports.ts';
import { requestRegistration } from '../postgres/request-registration.ts';
import { lockNumbers, whatHangsOn } from '../postgres/clinic-numbers.ts';
import { beginNumberRelease } from '../postgres/number-releases.ts';

export type NumberReleaseRequest = {
  orgId: Id;
  number: PhoneNumber;
  /** Also when it is the clinic's last one. */
  insist: boolean;
  actor: string;
  requestId: string;
  now: Temporal.Instant;
};

export type NumberReleaseAnswer =
  | {
      kind: 'releasing';
      id: Id;
      /** Texts that were to leave from it and never will; reminders of visits whose conversation was on it. */
      lost: { texts: number; reminders: number };
    }
  | { kind: 'not-the-clinics' }
  | { kind: 'last-number' }
  /** WhatsApp is connected through it. */
  | { kind: 'on-whatsapp' }
  /** It was given up before and entered anew, and the carrier is just being told of that. */
  | { kind: 'on-its-way' };

/**
 * Gives a number up, in the transaction of whoever asks for it. From its commit on the number is the clinic's no more; the
 * worker gives it back to the carrier.
 */
export async function requestNumberRelease(
  tx: TenantTransaction,
  { orgId, number, insist, actor, requestId, now }: NumberReleaseRequest,
  { openTask, suppressTextsFrom }: { openTask: OpenTask; suppressTextsFrom: SuppressTextsFrom },
): Promise<NumberReleaseAnswer> {
  const numbers = await lockNumbers(tx, orgId);
  const row = numbers.find((each) => each.number === number);
  if (row === undefined) return { kind: 'not-the-clinics' };
  const { onWhatsApp, reminders } = await whatHangsOn(tx, { orgId, number });
  if (onWhatsApp) return { kind: 'on-whatsapp' };
  if (numbers.length === 1 && !insist) return { kind: 'last-number' };
  const id = newId();
  const release = { ...row, orgId, id, state: 'releasing', cause: 'given-up', actor, now } as const;
  if (!(await beginNumberRelease(tx, release))) return { kind: 'on-its-way' };
  const texts = await suppressTextsFrom(tx, { orgId, number, now });
  await requestRegistration(tx, {
    orgId,
    id,
    subject: 'number-release',
    provider: row.carrier,
    correlationId: id,
    now,
  });
  if (texts + reminders > 0) {
    const reason = `The number ${number} was given up. Texts that were to leave from it and do not: ${texts}. Reminders and follow-ups that have no number to leave from: ${reminders}. Tell these people in another way.`;
    await openTask(tx, { orgId, reason, causeKey: `number-given-up:${id}`, now });
  }
  const subject = { type: 'number-release', id };
  const details = { texts, reminders, requestId };
  await recordAudit(tx, { orgId, actor, action: 'number given up', subject, at: now, details });
  return { kind: 'releasing', id, lost: { texts, reminders } };
}
