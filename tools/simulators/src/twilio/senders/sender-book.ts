import { newSid } from '../sid.ts';

export type TwilioSenderStatus =
  | 'CREATING'
  | 'ONLINE'
  | 'OFFLINE'
  | 'PENDING_VERIFICATION'
  | 'VERIFYING'
  | 'ONLINE:UPDATING'
  | 'TWILIO_REVIEW';

/** A number of the account on WhatsApp. */
export interface TwilioSender {
  sid: string;
  number: string;
  displayName: string;
  wabaId: string | null;
  status: TwilioSenderStatus;
  offlineReasons: readonly { code: string; message: string }[];
  callbackUrl: string | null;
  statusCallbackUrl: string | null;
}

export interface SenderBook {
  list: () => readonly TwilioSender[];
  get: (sid: string) => TwilioSender | null;
  byNumber: (number: string) => TwilioSender | null;
  add: (sender: Pick<TwilioSender, 'number'> & Partial<TwilioSender>) => TwilioSender;
  remove: (sid: string) => void;
  /** Whether messages may leave from it. */
  isOnline: (number: string) => boolean;
}

/** Without a list, every number that nobody registered is on WhatsApp. */
export function createSenderBook(numbers: readonly string[] | undefined): SenderBook {
  const senders = new Map<string, TwilioSender>();
  const open = numbers === undefined;

  function add(given: Pick<TwilioSender, 'number'> & Partial<TwilioSender>): TwilioSender {
    const usual = { displayName: '', wabaId: null, offlineReasons: [], callbackUrl: null, statusCallbackUrl: null };
    const sender: TwilioSender = { sid: newSid('XE'), status: 'CREATING', ...usual, ...given };
    senders.set(sender.sid, sender);
    return sender;
  }
  for (const number of numbers ?? []) add({ number, status: 'ONLINE' });
  const byNumber = (number: string) => [...senders.values()].find((each) => each.number === number) ?? null;

  return {
    list: () => [...senders.values()],
    get: (sid) => senders.get(sid) ?? null,
    byNumber,
    add,
    remove: (sid) => void senders.delete(sid),
    isOnline: (number) => byNumber(number)?.status.startsWith('ONLINE') ?? open,
  };
}
