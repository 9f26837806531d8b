import { derivedId } from '@frontdesk/kernel';
import type { TwilioNumbers } from '../number-book.ts';

/** What the account keeps of a number beside its Messaging Service. */
export interface IncomingNumber {
  sid: string;
  number: string;
  friendlyName: string;
  voiceUrl: string;
  statusCallback: string;
  smsUrl: string;
}

export interface IncomingNumbers {
  list: () => readonly IncomingNumber[];
  bySid: (sid: string) => IncomingNumber | null;
  byNumber: (number: string) => IncomingNumber | null;
  add: (number: string, given: Partial<IncomingNumber>) => IncomingNumber;
  change: (number: string, change: Partial<IncomingNumber>) => IncomingNumber;
  remove: (number: string) => void;
}

export function createIncomingNumbers(numbers: TwilioNumbers): IncomingNumbers {
  const details = new Map<string, Partial<IncomingNumber>>();

  const describe = (number: string): IncomingNumber => ({
    sid: `PN${derivedId(`twilio number ${number}`).replaceAll('-', '')}`,
    number,
    friendlyName: number,
    voiceUrl: '',
    statusCallback: '',
    smsUrl: '',
    ...details.get(number),
  });
  const list = () => numbers.list().map(describe);
  function change(number: string, given: Partial<IncomingNumber>): IncomingNumber {
    details.set(number, { ...details.get(number), ...given });
    return describe(number);
  }

  return {
    list,
    bySid: (sid) => list().find((each) => each.sid === sid) ?? null,
    byNumber: (number) => (numbers.isListed(number) ? describe(number) : null),
    change,
    add(number, given) {
      numbers.assign(number, null);
      return change(number, given);
    },
    remove(number) {
      details.delete(number);
      numbers.remove(number);
    },
  };
}
