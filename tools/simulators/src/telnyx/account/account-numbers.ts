import { derivedId, type Clock } from '@frontdesk/kernel';
import type { NumberBook } from '../number-book.ts';

/** What the account keeps of a number beside its messaging profile. */
export interface AccountNumber {
  /** Digits, and not the id that an order gives the number. */
  id: string;
  number: string;
  status: 'purchase-pending' | 'active';
  connectionId: string | null;
  customerReference: string | null;
  tags: readonly string[];
  deletionLocked: boolean;
  purchasedAt: string;
}

export interface AccountNumbers {
  list: () => readonly AccountNumber[];
  byId: (id: string) => AccountNumber | undefined;
  byNumber: (number: string) => AccountNumber | undefined;
  profileOf: (number: string) => string | null;
  add: (number: string, profileId: string, given: Partial<AccountNumber>) => void;
  change: (number: string, change: Partial<AccountNumber>) => void;
  assign: (number: string, profileId: string) => void;
  remove: (number: string) => void;
}

export function createAccountNumbers({ numbers, clock }: { numbers: NumberBook; clock: Clock }): AccountNumbers {
  const details = new Map<string, Partial<AccountNumber>>();
  const since = clock().toString({ fractionalSecondDigits: 3 });

  const describe = (number: string): AccountNumber => ({
    id: numericId(number),
    number,
    status: 'active',
    connectionId: null,
    customerReference: null,
    tags: [],
    deletionLocked: false,
    purchasedAt: since,
    ...details.get(number),
  });
  const list = () => numbers.list().map(({ number }) => describe(number));

  return {
    list,
    byId: (id) => list().find((each) => each.id === id),
    byNumber: (number) => (numbers.isListed(number) ? describe(number) : undefined),
    profileOf: numbers.profileOf,
    add(number, profileId, given) {
      details.set(number, given);
      numbers.assign(number, profileId);
    },
    change: (number, change) => void details.set(number, { ...details.get(number), ...change }),
    assign: numbers.assign,
    remove(number) {
      details.delete(number);
      numbers.remove(number);
    },
  };
}

/** Telnyx counts its numbers with nineteen digits. */
function numericId(number: string): string {
  const digits = BigInt(`0x${derivedId(`telnyx number ${number}`).replaceAll('-', '').slice(0, 15)}`);
  return (1_000_000_000_000_000_000n + (digits % 9_000_000_000_000_000_000n)).toString();
}
