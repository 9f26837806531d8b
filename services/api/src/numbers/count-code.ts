import { createHmac } from 'node:crypto';
import type { Clock } from '@frontdesk/kernel';
import type { CountCode } from '@frontdesk/numbers/ports';
import type pg from 'pg';
import { createCounter } from '../postgres/counter.ts';

const codesPerHour = 5;

/**
 * Counts the codes that a phone is sent in an hour, whichever clinics ask, so that nobody is rung or texted without end. It
 * knows the phone by a digest alone, under the key of the carrier's account: without that no code is sent.
 */
export function makeCountCode({ pool, apiKey, clock }: { pool: pg.Pool; apiKey: string; clock: Clock }): CountCode {
  const count = createCounter({ pool, name: 'codes', atMost: codesPerHour, seconds: 3_600 });
  return async (phone) => {
    const { refused, ms } = await count(createHmac('sha256', apiKey).update(phone).digest('base64url'));
    return refused ? { kind: 'wait', until: clock().add({ milliseconds: Math.ceil(ms) }) } : { kind: 'yes' };
  };
}
