import type { Clock } from '@frontdesk/kernel';
import type { TwilioNumbers } from '../number-book.ts';
import { newSid } from '../sid.ts';

/** A Messaging Service of the account. */
export interface MessagingService {
  sid: string;
  friendlyName: string;
  inboundRequestUrl: string | null;
  statusCallback: string | null;
  useInboundWebhookOnNumber: boolean;
  createdAt: Temporal.Instant;
}

export interface ServiceBook {
  list: () => readonly MessagingService[];
  get: (sid: string) => MessagingService | null;
  add: (service: Partial<MessagingService>) => MessagingService;
  change: (sid: string, change: Partial<MessagingService>) => MessagingService;
}

/** Those that were made here, and those that the account's numbers name. */
export function createServiceBook({ numbers, clock }: { numbers: TwilioNumbers; clock: Clock }): ServiceBook {
  const made = new Map<string, Partial<MessagingService>>();
  const since = clock();
  const describe = (sid: string): MessagingService => ({
    sid,
    friendlyName: sid,
    inboundRequestUrl: null,
    statusCallback: null,
    useInboundWebhookOnNumber: false,
    createdAt: since,
    ...made.get(sid),
  });
  const get = (sid: string) => (numbers.isService(sid) ? describe(sid) : null);

  return {
    list: () => [...new Set([...numbers.services(), ...made.keys()])].map(describe),
    get,
    add(given) {
      const sid = newSid('MG');
      made.set(sid, { ...given, createdAt: clock() });
      numbers.addService(sid);
      return describe(sid);
    },
    change(sid, change) {
      made.set(sid, { ...made.get(sid), ...change });
      return describe(sid);
    },
  };
}
