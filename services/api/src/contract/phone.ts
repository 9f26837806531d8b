import { parsePhoneNumber, type PhoneNumber } from '@frontdesk/kernel';
import { Problem, type FieldFault } from './problems.ts';

/** @throws Problem when no phone can have the number */
export function phoneAt(place: Pick<FieldFault, 'pointer' | 'parameter'>, text: string): PhoneNumber {
  const number = parsePhoneNumber(text);
  if (number !== null) return number;
  throw new Problem('invalid-fields', 'Mend what `errors` names, and send it again.', {
    errors: [{ ...place, detail: 'no phone can have this number', mend: 'give it with its country: +14805550123' }],
  });
}
