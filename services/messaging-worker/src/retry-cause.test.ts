import { describe, expect, it } from '@jest/globals';
import { retryCause } from './retry-cause.ts';

describe('why a text is tried again', () => {
  it.each([
    ['a carrier that may not, beside one that may', { outcome: 'refused', code: '40010' }, 'other-carrier'],
    ['the limit of an account', { outcome: 'retryable', code: '429' }, 'rate-limited'],
    ['the limit of a number', { outcome: 'retryable', code: '40018' }, 'rate-limited'],
    ['a connection that was refused', { outcome: 'retryable', code: 'ECONNREFUSED' }, 'no-connection'],
    ['a process that was held up', { outcome: 'retryable', code: 'held-up' }, 'not-called'],
    ['a window that is closed', { outcome: 'refused', code: '131047', windowClosed: true }, 'outside-window'],
    ['a person who is not there', { outcome: 'refused', code: '131026', notOnWhatsApp: true }, 'not-on-whatsapp'],
    ['the limit of a number on WhatsApp', { outcome: 'retryable', code: '130429' }, 'rate-limited'],
    ['anything else that the carrier says', { outcome: 'retryable', code: '40006' }, 'carrier'],
  ] as const)('%s', (_, verdict, cause) => {
    expect(retryCause(verdict)).toBe(cause);
  });
});
