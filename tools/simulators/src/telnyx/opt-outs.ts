import type { Clock } from '@frontdesk/kernel';
import type { AutoresponseType } from '../wire/texting.ts';

const KEYWORDS: Record<string, AutoresponseType> = {
  STOP: 'STOP',
  STOPALL: 'STOP',
  'STOP ALL': 'STOP',
  UNSUBSCRIBE: 'STOP',
  CANCEL: 'STOP',
  END: 'STOP',
  QUIT: 'STOP',
  START: 'START',
  UNSTOP: 'START',
  HELP: 'HELP',
};

export const AUTORESPONSES: Record<AutoresponseType, string> = {
  STOP: 'You have been unsubscribed and will receive no more messages. Reply START to resubscribe.',
  START: 'You have been resubscribed. Reply STOP to unsubscribe.',
  HELP: 'Reply STOP to unsubscribe. Message and data rates may apply.',
};

/** A block, as the account's list shows it. */
export interface Block {
  profileId: string;
  /** The number that was stopped. */
  from: string;
  /** The person. */
  to: string;
  keyword: string;
  createdAt: Temporal.Instant;
}

export interface OptOuts {
  /** What the engine makes of a text, with its effect on the block list of the profile. */
  hear: (profileId: string, text: { from: string; to: string; text: string }) => AutoresponseType | null;
  has: (profileId: string, person: string) => boolean;
  /** Oldest first. */
  list: () => readonly Block[];
}

/** The carrier's block list, one per messaging profile. Only a message that is just the keyword counts. */
export function createOptOuts(clock: Clock): OptOuts {
  const blocked = new Map<string, Block>();
  const key = (profileId: string, person: string) => `${profileId} ${person}`;

  return {
    hear(profileId, { from: person, to: number, text }) {
      const keyword = text.trim().toUpperCase();
      const type = KEYWORDS[keyword] ?? null;
      const at = key(profileId, person);
      if (type === 'STOP' && !blocked.has(at)) {
        blocked.set(at, { profileId, from: number, to: person, keyword, createdAt: clock() });
      }
      if (type === 'START') blocked.delete(at);
      return type;
    },
    has: (profileId, person) => blocked.has(key(profileId, person)),
    list: () => [...blocked.values()],
  };
}
