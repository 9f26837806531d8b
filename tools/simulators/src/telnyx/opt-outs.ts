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

export interface OptOuts {
  /** What the engine makes of a text, with its effect on the block list of the profile. */
  hear: (profileId: string, person: string, text: string) => AutoresponseType | null;
  has: (profileId: string, person: string) => boolean;
}

/** The carrier's block list, one per messaging profile. Only a message that is just the keyword counts. */
export function createOptOuts(): OptOuts {
  const blocked = new Set<string>();
  const key = (profileId: string, person: string) => `${profileId} ${person}`;

  return {
    hear(profileId, person, text) {
      const type = KEYWORDS[text.trim().toUpperCase()] ?? null;
      if (type === 'STOP') blocked.add(key(profileId, person));
      if (type === 'START') blocked.delete(key(profileId, person));
      return type;
    },
    has: (profileId, person) => blocked.has(key(profileId, person)),
  };
}
