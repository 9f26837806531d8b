import type { ReceivedText } from '../webhook-content.ts';

/**
 * The words that Twilio answers by itself when Advanced Opt-Out is off; then no OptOutType says so
 * (twilio.com/docs/messaging/tutorials/advanced-opt-out, and help.twilio.com "opt-out keywords (SMS STOP filtering)").
 * Only a text that is just the word counts. START, YES and UNSTOP are left out: Twilio answers them only after a STOP,
 * and YES is what people say to an appointment. UNVERIFIED: an account whose default answers support has switched off
 * answers nobody; there a STOP counts all the same, without a confirmation.
 */
const words: Readonly<Record<string, ReceivedText['carrierKeyword']>> = {
  STOP: 'stop',
  STOPALL: 'stop',
  UNSUBSCRIBE: 'stop',
  CANCEL: 'stop',
  END: 'stop',
  QUIT: 'stop',
  REVOKE: 'stop',
  OPTOUT: 'stop',
  HELP: 'help',
  INFO: 'help',
};

const optOutTypes: Readonly<Record<string, ReceivedText['carrierKeyword']>> = {
  STOP: 'stop',
  START: 'start',
  HELP: 'help',
};

/** Which keyword Twilio has answered already: what Advanced Opt-Out says, else what its default answers would be. */
export function carrierKeywordOf(optOutType: string | undefined, body: string): ReceivedText['carrierKeyword'] {
  return lookIn(optOutTypes, optOutType) ?? lookIn(words, body);
}

function lookIn<Found>(table: Readonly<Record<string, Found>>, text: string | undefined): Found | null {
  const key = text?.trim().toUpperCase() ?? '';
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}
