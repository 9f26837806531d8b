import type { TenantTransaction } from '@frontdesk/db';
import { newId, type Id, type PhoneNumber } from '@frontdesk/kernel';
import { isUniqueViolation } from './unique-violation.ts';
import { senderOfNumber } from './read-senders.ts';
import { requestRegistration, ringRegistration } from './request-registration.ts';
import { insertSender, restartSender } from './write-senders.ts';

/**
 * What came of the wish to register a number at Twilio.
 * - connecting: the sender, new or begun anew; the worker does the rest
 * - known: it is connecting or online already
 * - at-meta: the clinic has the number at Meta itself
 * - elsewhere: another clinic has the sender
 * - no-such-number: the clinic has no such number at Twilio
 */
export type RegisterOutcome =
  | { kind: 'connecting' | 'known'; id: Id }
  | { kind: 'at-meta' }
  | { kind: 'elsewhere' }
  | { kind: 'no-such-number' };

/** Asks for a sender that Twilio runs, on a number that the clinic has there. Ends the transaction where it says elsewhere. */
export async function registerSender(
  tx: TenantTransaction,
  sender: { orgId: Id; number: PhoneNumber; displayName: string; now: Temporal.Instant },
): Promise<RegisterOutcome> {
  const { orgId, number, displayName, now } = sender;
  const [owned] = await tx.$queryRaw<{ locationId: Id }[]>`
    select location_id as "locationId" from phone_numbers
    where org_id = ${orgId}::uuid and e164 = ${number} and carrier = 'twilio'`;
  if (owned === undefined) return { kind: 'no-such-number' };
  const known = await senderOfNumber(tx, { orgId, number });
  if (known !== null && known.state !== 'failed') {
    return known.provider === 'meta' ? { kind: 'at-meta' } : { kind: 'known', id: known.id };
  }
  const { locationId } = owned;
  const asked = { orgId, locationId, number, displayName, wabaId: null, phoneNumberId: null, now };
  if (known?.provider === 'twilio') {
    const { id } = known;
    if (!(await restarted(tx, { ...asked, id }))) return { kind: 'elsewhere' };
    await ringRegistration(tx, { orgId, id, correlationId: id, now });
    return { kind: 'connecting', id };
  }
  const id = newId();
  if (!(await insertSender(tx, { ...asked, id, provider: 'twilio' }))) return { kind: 'elsewhere' };
  await requestRegistration(tx, { orgId, id, subject: 'whatsapp-sender', provider: 'twilio', correlationId: id, now });
  return { kind: 'connecting', id };
}

async function restarted(tx: TenantTransaction, sender: Parameters<typeof restartSender>[1]): Promise<boolean> {
  try {
    await restartSender(tx, sender);
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
