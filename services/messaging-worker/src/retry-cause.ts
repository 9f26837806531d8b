import type { Verdict } from '@frontdesk/messaging';

/** Why a text is tried again, in one of a few words: carriers have hundreds of codes. */
export type RetryCause =
  | 'other-carrier'
  | 'outside-window'
  | 'not-on-whatsapp'
  | 'rate-limited'
  | 'no-connection'
  | 'not-called'
  | 'carrier';

const rateLimited = new Set([
  '429',
  '10011',
  '40318',
  '40011',
  '40016',
  '40018',
  '20429',
  '14107',
  '30022',
  '63018',
  '80007',
  '130429',
  '131056',
]);
const notCalled = new Set(['held-up', 'not-taken']);

export function retryCause({
  outcome,
  code,
  windowClosed,
  notOnWhatsApp,
}: Pick<Verdict, 'outcome' | 'code' | 'windowClosed' | 'notOnWhatsApp'>): RetryCause {
  if (windowClosed === true) return 'outside-window';
  if (notOnWhatsApp === true) return 'not-on-whatsapp';
  if (outcome === 'refused') return 'other-carrier';
  if (code === null) return 'carrier';
  if (notCalled.has(code)) return 'not-called';
  if (rateLimited.has(code) || /\b429\b/.test(code)) return 'rate-limited';
  return /^(E[A-Z_]+|UND_|connect)/.test(code) ? 'no-connection' : 'carrier';
}
