import { parsePhoneNumber, type PhoneNumber } from '@frontdesk/kernel';
import { wrongFields, type FieldFault } from './problems.ts';

/** @throws Problem when no phone can have the number */
export function phoneAt(place: Pick<FieldFault, 'pointer' | 'parameter'>, text: string): PhoneNumber {
  const number = parsePhoneNumber(text);
  if (number !== null) return number;
  const mend = 'give it with its country: +14805550123';
  throw wrongFields([{ ...place, detail: 'no phone can have this number', mend }]);
}
