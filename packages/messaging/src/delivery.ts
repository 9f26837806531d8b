import type { TextState } from '@frontdesk/contracts';

/**
 * The allowed moves. Receipts come in any order, so each state leads to all that say more; the ways back, from
 * `sending` and from `unknown` to `queued`, are taken when the carrier certainly does not have the text.
 */
export const moves: Readonly<Record<TextState, readonly TextState[]>> = {
  queued: ['sending', 'suppressed', 'sent', 'failed', 'undelivered', 'delivered', 'read'],
  sending: ['queued', 'suppressed', 'unknown', 'sent', 'failed', 'undelivered', 'delivered', 'read'],
  unknown: ['queued', 'sent', 'failed', 'undelivered', 'delivered', 'read'],
  sent: ['failed', 'undelivered', 'delivered', 'read'],
  failed: ['undelivered', 'delivered', 'read'],
  undelivered: ['delivered', 'read'],
  delivered: ['read'],
  read: [],
  suppressed: [],
};

/** What a carrier's receipt can say; `unconfirmed` means that it never learnt whether the text arrived. */
export type DeliveryStatus = 'sent' | 'delivered' | 'read' | 'undelivered' | 'failed' | 'unconfirmed';

const reported: Readonly<Record<DeliveryStatus, TextState>> = {
  sent: 'sent',
  unconfirmed: 'sent',
  failed: 'failed',
  undelivered: 'undelivered',
  delivered: 'delivered',
  read: 'read',
};

/** What a receipt can say of a text that was handed over and did not arrive. */
const notArrived: readonly DeliveryStatus[] = ['failed', 'undelivered'];

/**
 * Whether a receipt leaves a text where another try is right, though the carrier had it. Its fate is known then, and it did not arrive:
 * - as-template: the carrier took nothing but templates, and the text was none;
 * - elsewhere: the person is not on WhatsApp.
 */
export function nextTry(
  state: TextState,
  report: { status: DeliveryStatus; windowClosed: boolean; mayBeOutside: boolean; notOnWhatsApp: boolean },
): 'as-template' | 'elsewhere' | null {
  if (!notArrived.includes(report.status)) return null;
  if (state !== 'sending' && state !== 'unknown' && state !== 'sent') return null;
  if (report.windowClosed && report.mayBeOutside) return 'as-template';
  return report.notOnWhatsApp ? 'elsewhere' : null;
}

/** Whether a receipt of a try that was refused can still say something: only that the text arrived after all. */
export const contradictsRefusal = (status: DeliveryStatus): boolean => status === 'delivered' || status === 'read';

/** The state after a receipt: the reported one when that is a move up, else the old one. */
export function afterReport(state: TextState, status: DeliveryStatus): TextState {
  const next = reported[status];
  return moves[state].includes(next) ? next : state;
}
