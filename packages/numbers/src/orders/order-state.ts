/** How far a purchase is. */
export const orderStates = [
  'requested',
  'ordering',
  'bought',
  'configuring',
  'assigned',
  'failed',
  'releasing',
  'released',
] as const;
export type OrderState = (typeof orderStates)[number];

/** What happened to a purchase. */
export type OrderEvent =
  | 'profile-ready'
  | 'bought'
  | 'set-up-begun'
  | 'assigned'
  /** The carrier says no, and this is final; or the clinic has left. */
  | 'refused'
  | 'given-back';

/*
 * requested   -> ordering     the clinic's profile at the carrier is there
 * ordering    -> bought       the carrier says so, or has it when it is looked up
 * bought      -> configuring  the number is put on the profile, its webhooks, calls and name are set
 * configuring -> assigned     it is the clinic's, in one transaction
 * bought, configuring -> releasing   the clinic has left, or the carrier will not set it up: what was bought is given back
 */
const moves: Readonly<Record<OrderState, Readonly<Partial<Record<OrderEvent, OrderState>>>>> = {
  requested: { 'profile-ready': 'ordering', refused: 'failed' },
  ordering: { bought: 'bought', refused: 'failed' },
  bought: { 'set-up-begun': 'configuring', refused: 'releasing' },
  configuring: { assigned: 'assigned', refused: 'releasing' },
  releasing: { 'given-back': 'released' },
  assigned: {},
  failed: {},
  released: {},
};

/** Where the event leads. Null: it does not happen to a purchase that is there. */
export function afterEvent(state: OrderState, event: OrderEvent): OrderState | null {
  return moves[state][event] ?? null;
}

/** Nothing more comes of it. */
export const isEnded = (state: OrderState): boolean => Object.keys(moves[state]).length === 0;

export const openOrderStates: readonly OrderState[] = orderStates.filter((state) => !isEnded(state));

/** Since it was bought the clinic pays for it: it becomes theirs or goes back. */
export const isPaidFor = (state: OrderState): boolean =>
  state === 'bought' || state === 'configuring' || state === 'releasing';

/** What the clinic may do, by state. */
export const whatToDo: Readonly<Record<OrderState, string>> = {
  requested: 'Nothing: the desk prepares the order.',
  ordering: 'Nothing: the carrier works on it. Most orders take seconds; some take a day.',
  bought: 'Nothing: the number is bought and is being set up.',
  configuring: 'Nothing: the number is bought and is being set up.',
  assigned:
    'Nothing, if it is toll-free, or if the clinic has or gets one live campaign, which it joins by itself. Else register it for texting (10DLC): until then carriers refuse what it sends.',
  failed: 'Look for available numbers and order another one.',
  releasing: 'Nothing yet: the number could not be set up and is being given back, so that nobody pays for it.',
  released: 'Order again, or another number: this one could not be set up and was given back.',
};
