import type { Id, Money } from '@frontdesk/kernel';

export type DepositState = 'requested' | 'link_sent' | 'paid' | 'expired' | 'paid_without_slot' | 'cancelled';

/** What happens to a deposit. `paid-too-late`: the money came, but the time is no longer the person's. */
export type DepositEvent = 'link-made' | 'link-refused' | 'hold-ended' | 'hold-given-up' | 'paid' | 'paid-too-late';

/** Every allowed move; what is not listed cannot happen. Money once received never leaves `paid` or `paid_without_slot`. */
export const depositMoves: Readonly<Record<DepositState, Partial<Record<DepositEvent, DepositState>>>> = {
  requested: {
    'link-made': 'link_sent',
    'link-refused': 'cancelled',
    'hold-ended': 'expired',
    'hold-given-up': 'cancelled',
  },
  link_sent: {
    'hold-ended': 'expired',
    'hold-given-up': 'cancelled',
    paid: 'paid',
    'paid-too-late': 'paid_without_slot',
  },
  expired: { paid: 'paid', 'paid-too-late': 'paid_without_slot' },
  cancelled: { 'paid-too-late': 'paid_without_slot' },
  paid: {},
  paid_without_slot: {},
};

/** The state after the event; null when the event means nothing in this state. */
export function nextState(state: DepositState, event: DepositEvent): DepositState | null {
  return depositMoves[state][event] ?? null;
}

export type Deposit = {
  id: Id;
  orgId: Id;
  appointmentId: Id;
  contactId: Id;
  conversationId: Id;
  locationId: Id;
  amount: Money;
  state: DepositState;
  /** Sent with every try to make the link, so that there is never a second one. */
  idempotencyKey: string;
  orderId: string | null;
  linkId: string | null;
  linkUrl: string | null;
  attempts: number;
  nextAttemptAt: Temporal.Instant | null;
  toldOfDelayAt: Temporal.Instant | null;
  /** Until when the link was to be paid, as the person was told. */
  expiresAt: Temporal.Instant | null;
  /** The payment that paid it. */
  paymentId: string | null;
  createdAt: Temporal.Instant;
};
