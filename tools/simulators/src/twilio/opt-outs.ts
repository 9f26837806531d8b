import type { AutoresponseType } from '../wire/texting.ts';

const keywords: Readonly<Record<string, AutoresponseType>> = {
  STOP: 'STOP',
  STOPALL: 'STOP',
  UNSUBSCRIBE: 'STOP',
  CANCEL: 'STOP',
  END: 'STOP',
  QUIT: 'STOP',
  REVOKE: 'STOP',
  OPTOUT: 'STOP',
  START: 'START',
  YES: 'START',
  UNSTOP: 'START',
  HELP: 'HELP',
  INFO: 'HELP',
};

/** Twilio's own answers, by which a person learns that it worked. */
export const twilioAnswers: Readonly<Record<AutoresponseType, string>> = {
  STOP: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  START:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe.',
  HELP: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
};

export interface TwilioOptOuts {
  /** What Twilio makes of a text, with its effect on the block list; null when it has nothing to answer. */
  hear: (sender: string, person: string, text: string) => AutoresponseType | null;
  has: (sender: string, person: string) => boolean;
}

/** The block list, one per `sender`: a Messaging Service, or a number without one. Only a text that is just the word counts. */
export function createTwilioOptOuts(): TwilioOptOuts {
  const blocked = new Set<string>();
  const key = (sender: string, person: string) => `${sender} ${person}`;

  return {
    hear(sender, person, text) {
      const word = text.trim().toUpperCase();
      const type = Object.hasOwn(keywords, word) ? (keywords[word] ?? null) : null;
      if (type === 'STOP') blocked.add(key(sender, person));
      // YES to anything else is a word between people.
      if (type === 'START' && !blocked.delete(key(sender, person))) return null;
      return type;
    },
    has: (sender, person) => blocked.has(key(sender, person)),
  };
}
