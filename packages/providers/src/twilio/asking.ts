import {
  AccountFailure,
  assertMayLeave,
  Declined,
  FrontdeskError,
  maskPhoneNumber,
  PermanentFailure,
  TransientFailure,
} from '@frontdesk/kernel';
import { readFailure, wordsOf } from './client.ts';

/**
 * What Twilio's refusals mean for whoever asked, and what to do. Each code has its page at twilio.com/docs/api/errors/….
 * UNVERIFIED: which of them comes for what; where a code is not here, Twilio's own words stand.
 */
const meanings: Readonly<Record<string, string>> = {
  '20404': 'Twilio does not know it (any more).',
  '21401': 'Twilio does not sell such a number. Search again and choose another one.',
  '21421': 'Twilio does not sell such a number. Search again and choose another one.',
  '21422': 'The number is not for sale any more. Search again and choose another one.',
  '21451': 'There is no such area code at Twilio. Search in another one.',
  '21452': 'Twilio has no number like that. Search again, in another area code.',
  '21631': 'Twilio wants an address for numbers of that place. Add one in Twilio’s console.',
  '21649': 'Twilio wants a regulatory bundle for such numbers. Add one in Twilio’s console.',
  '21712': 'The number belongs to another Messaging Service at Twilio. Take it out there first.',
  '21714': 'The Messaging Service at Twilio has no room for another number.',
};

const noMoney = 'Its balance is used up: an operator adds money to it in Twilio’s console, under billing.';
const noRight =
  'It has no right to this: an operator looks in Twilio’s console whether the account is active, out of its trial and may do it, and asks Twilio’s support else.';

/**
 * What an operator does about an account that Twilio does not serve, by the status of its answer or by its code.
 * UNVERIFIED: that 402 and 403 are never about the number or the sender itself; it is what they mean in HTTP.
 */
const accountFaults: Readonly<Record<string, string>> = {
  '402': noMoney,
  '403': noRight,
  '20005':
    'It is not active, mostly because its balance is used up: an operator adds money to it in Twilio’s console, under billing.',
  '21404': 'It is on trial and may have no more numbers: an operator upgrades it in Twilio’s console.',
};

/** Does something at Twilio, and tells its failures as one of the three kinds. */
export async function asking<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  assertMayLeave(what);
  try {
    return await work();
  } catch (error) {
    throw twilioFailure(error);
  }
}

/** Whether Twilio refused with one of these codes. */
export function isRefused(error: unknown, codes: readonly string[]): boolean {
  const failure = readFailure(error);
  return failure.kind === 'answered' && failure.code !== undefined && codes.includes(failure.code);
}

/** Whether Twilio does not have it. */
export function isGone(error: unknown): boolean {
  const failure = readFailure(error);
  return failure.kind === 'answered' && failure.status === 404;
}

/** The id of what Twilio made or found. @throws TransientFailure for an answer without one: it may have been made */
export function sidOf({ sid }: { sid: unknown }): string {
  if (typeof sid === 'string' && sid !== '') return sid;
  throw new TransientFailure('Twilio’s answer has no SID');
}

/** Worth another try, and nobody knows what came of it. */
const passing: readonly number[] = [408];
/** Not done, and worth another try: a token that Twilio does not know, which is ours to mend, and its limits. */
const declined: readonly number[] = [401, 429];

function twilioFailure(error: unknown): Error {
  if (error instanceof FrontdeskError) return error;
  const failure = readFailure(error);
  if (failure.kind !== 'answered')
    return new TransientFailure(`Twilio gave no answer (${failure.code})`, { cause: error });
  const { status, code = 'no code' } = failure;
  const answered = `Twilio answered ${status} (${code})`;
  const mend = [code, String(status)].flatMap((each) =>
    Object.hasOwn(accountFaults, each) ? [accountFaults[each]] : [],
  )[0];
  if (mend !== undefined) {
    return new AccountFailure(`The desk’s account at Twilio is at fault: ${answered}. ${mend}`, { cause: error });
  }
  if (declined.includes(status)) return new Declined(answered, { cause: error });
  if (passing.includes(status) || status >= 500) return new TransientFailure(answered, { cause: error });
  const words = Object.hasOwn(meanings, code) ? meanings[code] : withoutNumbers(wordsOf(error) ?? '');
  return new PermanentFailure(words === undefined || words === '' ? `${answered}.` : `${words} (Twilio ${code})`);
}

/** Twilio's words may quote what was asked for. */
function withoutNumbers(words: string): string {
  return words.replaceAll(/\+?\d{8,15}/g, (digits) => maskPhoneNumber(digits)).slice(0, 500);
}
