import type { TenantTransaction } from '@frontdesk/db';
import type { Id, PhoneNumber, SealedToken } from '@frontdesk/kernel';
import { senderOfNumber } from './read-senders.ts';
import { requestRegistration, ringRegistration } from './request-registration.ts';
import { insertSender, keepSecrets, restartSender } from './write-senders.ts';

type SignedUp = {
  orgId: Id;
  /** Its id, unless the clinic has the sender already. */
  newId: Id;
  locationId: Id;
  number: PhoneNumber;
  displayName: string | null;
  phoneNumberId: string;
  wabaId: string;
  token: SealedToken;
  expiresAt: Temporal.Instant | null;
  givenPin: SealedToken | null;
  firstPin: () => SealedToken;
  now: Temporal.Instant;
};

type Written = { kind: 'connected'; id: Id } | { kind: 'elsewhere' } | { kind: 'at-twilio' };

/** Writes the sender of a sign-up and asks the worker to bring it online, or renews the one that the clinic has. */
export async function writeSignedUpSender(tx: TenantTransaction, signedUp: SignedUp): Promise<Written> {
  const { orgId, number } = signedUp;
  const known = (await senderOfNumber(tx, { orgId, number })) ?? (await insertNew(tx, signedUp));
  if (known === 'inserted') return { kind: 'connected', id: signedUp.newId };
  if (known === null) return { kind: 'elsewhere' };
  if (known.provider === 'meta') return renew(tx, signedUp, known.id);
  if (known.state !== 'failed') return { kind: 'at-twilio' };
  return (await insertNew(tx, signedUp)) === 'inserted'
    ? { kind: 'connected', id: signedUp.newId }
    : { kind: 'elsewhere' };
}

/** Answers the sender that came to be meanwhile, if it is the clinic's own; null when it is another's. */
async function insertNew(tx: TenantTransaction, signedUp: SignedUp) {
  const { orgId, newId: id, number, token, expiresAt, givenPin, now } = signedUp;
  if (!(await insertSender(tx, { ...signedUp, id, provider: 'meta' }))) return senderOfNumber(tx, { orgId, number });
  await keepSecrets(tx, { orgId, id, token, expiresAt, pin: givenPin ?? signedUp.firstPin() });
  await requestRegistration(tx, { orgId, id, subject: 'whatsapp-sender', provider: 'meta', correlationId: id, now });
  return 'inserted';
}

async function renew(tx: TenantTransaction, signedUp: SignedUp, id: Id): Promise<Written> {
  const { orgId, token, expiresAt, givenPin, now } = signedUp;
  await restartSender(tx, { ...signedUp, id });
  await keepSecrets(tx, { orgId, id, token, expiresAt, pin: givenPin });
  await ringRegistration(tx, { orgId, id, correlationId: id, now });
  return { kind: 'connected', id };
}
