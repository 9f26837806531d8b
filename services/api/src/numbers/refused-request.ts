import { Problem, wrongField } from '../contract/problems.ts';

/** Why a number cannot be ordered or hosted, as the caller is told. */
export function refusedRequest(kind: 'no-such-location' | 'which-location' | 'has-it' | 'taken'): Problem {
  switch (kind) {
    case 'no-such-location':
      return wrongField('/locationId', 'the clinic has no such location', 'give the id of one of its locations');
    case 'which-location':
      return wrongField('/locationId', 'the clinic has several locations', 'say for which of them the number is');
    case 'has-it':
      return new Problem('conflict', 'The clinic has this number already; GET /admin/numbers shows it.');
    case 'taken':
      return new Problem(
        'conflict',
        'The number is at the desk already, or on its way: choose another, or look at your orders.',
      );
  }
}

/** Of a number that the clinic does not have, or not any more. */
export const noSuchNumber = (): Problem =>
  new Problem('not-found', 'The clinic has no such number; GET /admin/numbers shows those that it has.');
