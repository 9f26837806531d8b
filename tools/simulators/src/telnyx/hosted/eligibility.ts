import { parsePhoneNumber } from '@frontdesk/kernel';
import type { AccountNumbers } from '../account/account-numbers.ts';

export type EligibleStatus =
  | 'ELIGIBLE'
  | 'NUMBER_CAN_NOT_BE_REPEATED'
  | 'NUMBER_CAN_NOT_BE_VALIDATED'
  | 'NUMBER_CAN_NOT_BE_WIRELESS'
  | 'NUMBER_CAN_NOT_BE_ACTIVE_IN_YOUR_ACCOUNT'
  | 'NUMBER_CAN_NOT_HOSTED_WITH_A_TELNYX_SUBSCRIBER'
  | 'NUMBER_CAN_NOT_BE_IN_TELNYX'
  | 'NUMBER_IS_NOT_A_US_NUMBER'
  | 'NUMBER_IS_NOT_A_VALID_ROUTING_NUMBER'
  | 'NUMBER_IS_NOT_IN_E164_FORMAT'
  | 'BILLING_ACCOUNT_CHECK_FAILED'
  | 'BILLING_ACCOUNT_IS_ABOLISHED';

export interface Eligibility {
  check: (numbers: readonly string[]) => readonly { number: string; status: EligibleStatus }[];
  set: (number: string, status: EligibleStatus) => void;
}

/** Says of each line whether its texts may be hosted: as a test has set it, else by its form and by whose it is. */
export function createEligibility(numbers: AccountNumbers): Eligibility {
  const set = new Map<string, EligibleStatus>();

  function judge(number: string): EligibleStatus {
    const given = set.get(number);
    if (given !== undefined) return given;
    if (parsePhoneNumber(number) !== number) return 'NUMBER_IS_NOT_IN_E164_FORMAT';
    if (!number.startsWith('+1')) return 'NUMBER_IS_NOT_A_US_NUMBER';
    if (numbers.byNumber(number) !== undefined) return 'NUMBER_CAN_NOT_BE_ACTIVE_IN_YOUR_ACCOUNT';
    return 'ELIGIBLE';
  }

  return {
    set: (number, status) => void set.set(number, status),
    check: (asked) =>
      asked.map((number, n) => ({
        number,
        status: asked.indexOf(number) < n ? 'NUMBER_CAN_NOT_BE_REPEATED' : judge(number),
      })),
  };
}
