import { AccountFailure, PermanentFailure, TransientFailure, type Id, type PhoneNumber } from '@frontdesk/kernel';
import type { HostedNumbers, HostedStanding, NumberCarrier, OrderStanding } from '../src/ports.ts';

/**
 * What goes wrong at one of its acts: nothing, before it is done, after it is done (the answer is lost), for good; it does not
 * know yet what it did before (`blind`), or does not serve the account (`unserved`).
 */
export type Trouble = 'none' | 'not-done' | 'answer-lost' | 'refused' | 'blind' | 'unserved';
export type Act = 'ensureProfile' | 'findOrder' | 'order' | 'configure' | 'release';

export type Plan = [Act, Trouble][];
/** The answer to the purchase is lost, and what comes after it is no help. */
export const lostAnswers: Plan[] = [
  [['order', 'answer-lost']],
  [
    ['order', 'answer-lost'],
    ['findOrder', 'none'],
    ['findOrder', 'refused'],
    ['findOrder', 'refused'],
  ],
  [
    ['order', 'answer-lost'],
    ['findOrder', 'none'],
    ['findOrder', 'blind'],
    ['findOrder', 'blind'],
  ],
];

/** A carrier whose troubles a test decides. It sells a number to whoever asks first, and keeps what it was asked for. */
export function scriptedCarrier() {
  const owned = new Map<string, { reference: Id | null; configured: boolean }>();
  const asked: Act[] = [];
  const repeated: string[] = [];
  const troubles: [Act, Trouble][] = [];
  let held = false;
  let takesOrders = false;

  async function act<T>(name: Act, does: () => T, unknown?: T): Promise<T> {
    asked.push(name);
    const next = troubles.findIndex(([of]) => of === name);
    const trouble = next === -1 ? undefined : troubles.splice(next, 1)[0]?.[1];
    if (trouble === 'refused') throw new PermanentFailure(`no to ${name}.`);
    if (trouble === 'unserved') throw new AccountFailure('The account has no money.');
    if (trouble === 'not-done') throw new TransientFailure(`${name} could not be asked`);
    if (trouble === 'blind' && unknown !== undefined) return unknown;
    const done = does();
    if (trouble === 'answer-lost') throw new TransientFailure(`the answer to ${name} was lost`);
    return done;
  }
  const standing = (number: PhoneNumber, reference: Id): OrderStanding =>
    held
      ? { kind: 'pending', externalId: `order-${reference}` }
      : { kind: 'bought', externalId: `order-${reference}`, numberId: `id-${number}` };

  const carrier: NumberCarrier = {
    carrier: 'telnyx',
    search: async () => [],
    findOrder: ({ number, reference }) =>
      act('findOrder', () => (owned.get(number)?.reference === reference ? standing(number, reference) : null), null),
    order: ({ number, reference }) =>
      act('order', () => {
        if (owned.get(number)?.reference === reference) repeated.push(number);
        if (owned.has(number) && takesOrders) {
          return { kind: 'failed' as const, externalId: `another-${reference}`, reason: 'the number is sold.' };
        }
        if (owned.has(number)) throw new PermanentFailure('the number is sold.');
        owned.set(number, { reference, configured: false });
        return standing(number, reference);
      }),
    ensureProfile: ({ orgId }) => act('ensureProfile', () => ({ profileId: `profile-${orgId}` })),
    configure: ({ number }) =>
      act(
        'configure',
        () => void owned.set(number, { reference: owned.get(number)?.reference ?? null, configured: true }),
      ),
    release: ({ number }) => act('release', () => void owned.delete(number)),
  };
  return {
    carrier,
    owned,
    asked,
    /** Numbers that were asked for again though they were bought. */
    repeated,
    trouble: (...next: [Act, Trouble][]) => void troubles.push(...next),
    /** An order of a number that is sold is taken, and fails. */
    takeOrders() {
      takesOrders = true;
    },
    hold(on: boolean) {
      held = on;
    },
  };
}

/** A host of lines that says of an order what a test says. */
export function scriptedHost() {
  let order: HostedStanding | null = null;
  const ended: HostedStanding[] = [];
  let lost = false;
  let blind = false;
  let no: Error | null = null;
  const asked: string[] = [];
  const documents: { loa: Uint8Array; bill: Uint8Array }[] = [];
  const sent: string[] = [];
  const now = (): HostedStanding => {
    if (order === null) throw new PermanentFailure('there is no order.');
    return order;
  };
  const hosted: HostedNumbers = {
    checkEligibility: async () => [],
    findOrders: async () => (blind ? [] : [...ended, ...(order === null ? [] : [order])]),
    async order({ number }) {
      asked.push('order');
      if (no !== null) throw no;
      if (order !== null) ended.push(order);
      order = {
        externalId: `hosted-${number}-${asked.length}`,
        status: 'pending',
        numbers: [{ number, status: 'pending', numberId: null }],
      };
      if (lost) throw new TransientFailure('the answer was lost');
      return order;
    },
    read: async () => order,
    sendCode: async ({ method }) => void sent.push(method),
    confirmCode: async ({ code }) => (code === '104729' ? 'verified' : 'rejected'),
    async uploadDocuments(given) {
      documents.push(given);
      order = { ...now(), status: 'loa_file_successful' };
      return order;
    },
    async cancel() {
      asked.push('cancel');
      order = null;
    },
  };
  return {
    hosted,
    asked,
    documents,
    sent,
    loseAnswers(on: boolean) {
      lost = on;
    },
    /** Its list lags behind. */
    beBlind(on: boolean) {
      blind = on;
    },
    /** Says no to the next orders. */
    refuse(error: Error | null) {
      no = error;
    },
    say(status: string, ofNumber: string) {
      const { numbers } = now();
      order = { ...now(), status, numbers: numbers.map((each) => ({ ...each, status: ofNumber, numberId: 'line-1' })) };
    },
    forget() {
      order = null;
    },
  };
}
