import type { AccountFailure, PermanentFailure } from '@frontdesk/kernel';
import type { ExpiryWarning } from './token-watch.ts';
import type { Sender } from './sender.ts';

/** The steps at which a provider may say no. */
export type RefusedStep = 'subscribe' | 'register' | 'read' | 'create';

const mends: Readonly<Record<RefusedStep, string>> = {
  subscribe: 'Go through the sign-up again as somebody who administers the WhatsApp account.',
  register:
    'If the number has two-step verification, go through the sign-up again and give its PIN; if it is still used in the WhatsApp app, delete the account there first.',
  read: 'See in WhatsApp Manager what is wrong with the number, mend it, and go through the sign-up again.',
  create: 'Mend what it names, and register the number again.',
};

/** What a provider's no means for people, and what to do about it. */
export function refusedWords(step: RefusedStep, failure: PermanentFailure): string {
  return `${asSentence(failure.message)} ${mends[step]}`;
}

/** What is said of a sender for which the provider did not serve the desk's account for three days. */
export function unservedWords(failure: AccountFailure): string {
  return `${asSentence(failure.message)} It was tried for three days: connect the number again once that is mended.`;
}

export const signInAgain =
  'Sign in again: the permission that the clinic gave for this number has ended. Go through the sign-up once more; nothing leaves from the number on WhatsApp until then.';

export const goneAtTwilio = 'Twilio no longer has this sender. Register the number again.';

/** Why Twilio does not let it speak. */
export function offlineWords(reason: string | null): string {
  return `${asSentence(reason ?? 'Twilio did not say why the sender is offline')} ${mends.create}`;
}

/** What staff are told when a sender fails. */
export function failedTask(sender: Pick<Sender, 'number'>, reason: string): string {
  return `WhatsApp on ${sender.number} does not work. ${reason}`;
}

/** What staff are told before a token expires. */
export function expiryTask(sender: Pick<Sender, 'number'>, warning: ExpiryWarning): string {
  const when = warning === 0 ? 'has ended' : `ends in ${warning} days`;
  return `The permission for WhatsApp on ${sender.number} ${when}. Go through the sign-up again to renew it.`;
}

const asSentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`);
