import { capitalised, plain } from '../words.ts';

/** Words that follow "I'm" without being a name, or that answer a question instead of giving one. */
const notNames = new Set(
  `a about actually after afternoon again all allergic already also always am an and any anything anytime anyone appointment are as asap asking at
  available away back be been before best better book booked booking bored busy but bye by call calling can cancel client come coming confused cool
  could curious currently customer day days definitely do done don down dear early either else evening every excited existing feeling few fine first
  flexible for free from front fully get getting glad go going good great gonna had happy have having hello help here hey hi hiya hola hoping how
  i if ill in inquiring interested into is it its just kinda late later leaning like literally live local looking lunch may maybe me mine mom
  more morning mostly much my name named need never nevermind new next nice no nope none not now of off ok okay old on once one only open or our out over
  patient perfect planning please pregnant pretty probably question quick ready really referred regular returning right running same scared see
  sick so soon sorry still stuck super sure t texting than thank thanks that the their then there thinking this tired to today
  tomorrow tonight too totally trying u unsure up ur us very wanna want wanted wanting was we weekday weekdays weekend weekends welcome well what
  when whenever where which who why will wondering with working worried would y ya yea yeah yep yes yo you your yup
  monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun mornings afternoons evenings noon
  price prices pricing cost deposit time times slot human person staff agent wow lol haha hmm um uh oh nothing something someone stop`.split(
    /\s+/,
  ),
);

const name = String.raw`(?<name>\p{L}[\p{L}'-]{1,24})`;
const introductions = [
  new RegExp(String.raw`\b(?:my name is|my name'?s|name is|name'?s|name:|call me|i go by)\s+${name}`, 'iu'),
  new RegExp(String.raw`\b(?:i'?m|i am)\s+${name}`, 'iu'),
];
/** Also said of other things, so that only a capital letter makes it a name. */
const looseIntroductions = [
  new RegExp(String.raw`\b(?:[Tt]his is|[Ii]t'?s)\s+(?=\p{Lu})${name}`, 'u'),
  new RegExp(String.raw`^(?=\p{Lu})${name}\s+here\b`, 'u'),
];

/** The person's first name, when the words give it; a bare name counts after the question, or in a list while it is unknown. */
export function findFirstName(
  said: string,
  {
    asked = false,
    unknown = false,
    otherWords = [],
  }: { asked?: boolean; unknown?: boolean; otherWords?: readonly string[] },
): string | undefined {
  const text = said.replaceAll(/[’‘`]/g, "'");
  const known = new Set(otherWords.flatMap((words) => plain(words).split(/[^\p{L}]+/u)));
  const isName = (word: string | undefined): word is string =>
    word !== undefined &&
    !notNames.has(word.toLowerCase()) &&
    !known.has(word.toLowerCase()) &&
    !/(ing|n't)$/.test(word);
  for (const pattern of [...introductions, ...looseIntroductions]) {
    const found = pattern.exec(text)?.groups?.['name'];
    if (isName(found)) return capitalised(found);
  }
  if (asked) return bareName(text, isName);
  return unknown ? listedName(text, isName) : undefined;
}

/** "Ana, new, botox, monday afternoon" */
function listedName(text: string, isName: (word: string | undefined) => word is string): string | undefined {
  const parts = text
    .split(/[,.!;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length < 2 ? undefined : parts.find((part) => /^\p{Lu}\p{Ll}+$/u.test(part) && isName(part));
}

/** "Ana", "it's ana", "Sure, Ana Garcia!", "ana, and I'm new" */
function bareName(text: string, isName: (word: string | undefined) => word is string): string | undefined {
  const opening = text.split(/[,.!?;\n]|\band\b/)[0] ?? '';
  for (const part of [opening, ...text.split(/[,.!?;\n]/)]) {
    const words = part
      .replace(/^\s*(sure|yes|yeah|ok|okay|hi|hello|hey|oh|its|it's|this is|im|i'm)\b/i, '')
      .match(/\p{L}[\p{L}'-]*/gu);
    const [first] = words ?? [];
    if (words !== null && words.length <= 3 && isName(first) && first.length > 1) return capitalised(first);
  }
  return undefined;
}
