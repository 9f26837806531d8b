import { plainWords, says } from './words.ts';

const notNames = new Set(
  (
    'new returning existing client patient customer interested in weight still just ready looking hoping wanting trying going ' +
    'not sure yes no ok okay hi hello hey thanks please maybe free available busy good great fine monday tuesday wednesday ' +
    'thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun morning afternoon evening noon today tomorrow ' +
    'january february march april june july august september october november december any anytime whenever the a an and or ' +
    'my me i you your we it is am are be been this that here there back before again first time rid book booking appointment ' +
    'visit price cost deposit pay later soon now weekday weekdays weekend weekends one two three four five six seven eight ' +
    'nine ten am pm dr doctor nurse virtual receptionist'
  ).split(' '),
);

/** The name as it should be written, when the person's own words hold it; otherwise the reason why not. */
export function acceptName(
  proposed: string,
  { texts, serviceWords }: { texts: readonly string[]; serviceWords: readonly string[] },
): { name: string } | { refused: string } {
  const name = proposed.trim().replace(/\s+/g, ' ');
  if (!/^[\p{L}][\p{L}'’.-]*( [\p{L}][\p{L}'’.-]*){0,2}$/u.test(name) || name.length > 40) {
    return { refused: 'that is not a first name; ask for it' };
  }
  const words = plainWords(name).split(' ');
  if (words.some((word) => notNames.has(word)) || serviceWords.some((service) => says(service, name))) {
    return { refused: 'that word is not a name; ask for their first name' };
  }
  if (!texts.some((text) => says(text, name)))
    return { refused: 'they never wrote that name; ask for their first name' };
  return { name: name.replace(/(^|[ '-])\p{Ll}/gu, (letter) => letter.toUpperCase()) };
}
