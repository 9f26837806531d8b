import { createHash } from 'node:crypto';
import { recordAudit, type TenantTransaction } from '@frontdesk/db';
import {
  newId,
  PermanentFailure,
  sealToken,
  TransientFailure,
  type Clock,
  type Id,
  type TokenKeys,
} from '@frontdesk/kernel';
import { orRefusal } from '../or-refusal.ts';
import type { InTenant } from '../number-ports.ts';
import type { BusinessToken, NumberAtMeta, WhatsAppAccounts } from '../ports.ts';
import { locationOf } from '../postgres/location-of.ts';
import { isUniqueViolation } from '../postgres/unique-violation.ts';
import { endSignUp, forgetSignUp, takeSignUp } from '../postgres/sign-ups.ts';
import { writeSignedUpSender } from '../postgres/write-signed-up-sender.ts';

/** What embedded sign-up hands over when the owner has gone through it. */
export type SignUp = {
  orgId: Id;
  locationId: Id;
  /** Lives 30 seconds, works once, and is kept nowhere. */
  code: string;
  phoneNumberId: string;
  wabaId: string;
  /** Of two-step verification, where the number has one; without it the desk sets its own. */
  pin: string | null;
  /** Who asks, for the audit. */
  actor: string;
  requestId: string;
};

/**
 * What came of a sign-up.
 * - connected: the sender; the worker does the rest
 * - in-hand: another request with this code is under way
 * - refused: Meta does not take the code, or does not show the number to who has it; in words
 * - no-such-location: the clinic has none of this id; the code was not used
 * - elsewhere: another clinic has the number
 * - at-twilio: the clinic itself has it through Twilio
 */
export type SignUpOutcome =
  | { kind: 'connected'; id: Id }
  | { kind: 'in-hand' }
  | { kind: 'refused'; what: 'code' | 'number'; words: string }
  | { kind: 'no-such-location' }
  | { kind: 'elsewhere' }
  | { kind: 'at-twilio' };

type Refused = Extract<SignUpOutcome, { kind: 'refused' }>;

export type ConnectSenderPorts = {
  inTenant: InTenant;
  accounts: Pick<WhatsAppAccounts, 'exchangeCode' | 'readNumber'>;
  keys: TokenKeys;
  /** Six random digits. */
  newPin: () => string;
  clock: Clock;
};

/** The token is lost with the request, so its first use is tried more than once. */
const readTries = 3;

const noSuchLocation = { kind: 'no-such-location' } as const;

/** Exchanges the code at once, reads the number and writes the sender. A code makes one sender, however often it comes. */
export function makeConnectSender(ports: ConnectSenderPorts): (signUp: SignUp) => Promise<SignUpOutcome> {
  const { inTenant, accounts, keys, newPin, clock } = ports;

  async function use(signUp: SignUp, codeDigest: Buffer): Promise<SignUpOutcome> {
    const { orgId, code, phoneNumberId } = signUp;
    const business = await orRefusal(accounts.exchangeCode(code));
    if (business instanceof PermanentFailure) return refused(signUp, codeDigest, 'code', business);
    const number = await orRefusal(readNumber({ phoneNumberId, token: business.token }));
    if (number instanceof PermanentFailure) return refused(signUp, codeDigest, 'number', number);
    return inTenant(orgId, (tx) => write(tx, signUp, { codeDigest, business, number }));
  }

  async function refused({ orgId }: SignUp, codeDigest: Buffer, what: Refused['what'], { message }: PermanentFailure) {
    await inTenant(orgId, (tx) => forgetSignUp(tx, { orgId, codeDigest }));
    return { kind: 'refused', what, words: message } satisfies Refused;
  }

  async function readNumber(of: { phoneNumberId: string; token: string }): Promise<NumberAtMeta> {
    for (let tried = 1; ; tried++) {
      try {
        return await accounts.readNumber(of);
      } catch (error) {
        if (!(error instanceof TransientFailure) || tried === readTries) throw error;
      }
    }
  }

  type Learnt = { codeDigest: Buffer; business: BusinessToken; number: NumberAtMeta };

  async function write(tx: TenantTransaction, signUp: SignUp, learnt: Learnt): Promise<SignUpOutcome> {
    const { orgId, pin, actor, requestId } = signUp;
    const now = clock();
    const written = await writeSignedUpSender(tx, {
      ...signUp,
      newId: newId(),
      number: learnt.number.number,
      displayName: learnt.number.displayName,
      token: sealToken(learnt.business.token, orgId, keys),
      expiresAt: learnt.business.expiresAt,
      givenPin: pin === null ? null : sealToken(pin, orgId, keys),
      firstPin: () => sealToken(newPin(), orgId, keys),
      now,
    });
    if (written.kind !== 'connected') {
      await forgetSignUp(tx, { orgId, codeDigest: learnt.codeDigest });
      return written;
    }
    const { id } = written;
    await endSignUp(tx, { orgId, codeDigest: learnt.codeDigest, senderId: id });
    const subject = { type: 'whatsapp-sender', id };
    await recordAudit(tx, {
      orgId,
      actor,
      action: 'whatsapp sender connected',
      subject,
      at: now,
      details: { requestId },
    });
    return written;
  }

  return async (signUp) => {
    const { orgId } = signUp;
    const codeDigest = createHash('sha256').update(signUp.code).digest();
    const taken = await inTenant(orgId, async (tx) => {
      const location = await locationOf(tx, { orgId, locationId: signUp.locationId });
      return location.kind === 'found' ? takeSignUp(tx, { orgId, codeDigest, now: clock() }) : noSuchLocation;
    });
    if (taken.kind === 'in-hand' || taken.kind === 'no-such-location') return taken;
    if (taken.kind === 'done') return { kind: 'connected', id: taken.senderId };
    try {
      return await use(signUp, codeDigest);
    } catch (error) {
      await inTenant(orgId, (tx) => forgetSignUp(tx, { orgId, codeDigest }));
      if (isUniqueViolation(error)) return { kind: 'elsewhere' };
      throw error;
    }
  };
}
