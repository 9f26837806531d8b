/** How people shorten words in texts, and what they mean. */
const shorthand: ReadonlyMap<string, string> = new Map(
  Object.entries({
    u: 'you',
    ur: 'your',
    yr: 'your',
    r: 'are',
    w: 'with',
    txt: 'text',
    txts: 'texts',
    txting: 'texting',
    msg: 'message',
    msgs: 'messages',
    msging: 'messaging',
    dnt: 'dont',
    wanna: 'want to',
    unsub: 'unsubscribe',
    nomore: 'no more',
    q: 'que',
    porfa: 'por favor',
    porfavor: 'por favor',
    msj: 'mensaje',
    msjs: 'mensajes',
  }),
);

/** Said before or after a wish without changing it. */
const politeness = new RegExp(
  ' (?:please|pls|plz|kindly|thanks|thank you|thankyou|thx|ty|por favor|(?:muchas )?gracias)(?= )',
  'g',
);

/**
 * A text as its words alone: lower case, without accents, apostrophes and politeness, shorthand written out, slips of the
 * finger in the words that matter most undone. Everything that is neither letter nor digit becomes a space.
 */
export function plainWords(text: string): string {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{M}\p{Cf}'’‘ʼ`´]/gu, '')
    .replaceAll(/\bf[*#@$!_-]+\w*/gu, 'fuck')
    .replaceAll('#', ' number ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replaceAll(/(\p{L})\1{2,}/gu, '$1')
    .trim()
    .split(' ')
    .map((word) => undoSlip(shorthand.get(word) ?? word))
    .join(' ');
  return ` ${words} `.replaceAll(politeness, '').trim();
}

function undoSlip(word: string): string {
  if (isSlipOfStop(word)) return 'stop';
  const isUnsubscribe = word.length >= 8 && distance(word, 'unsubscribe') <= 2;
  // "Subscribe" itself is two letters away, and the opposite.
  return isUnsubscribe && distance(word, 'subscribe') > 1 && !word.endsWith('d') ? 'unsubscribe' : word;
}

/** Two neighbouring letters swapped, or one typed twice. */
function isSlipOfStop(word: string): boolean {
  if (word === 'stop' || word.length < 4 || word.length > 5) return false;
  return slipsOfStop.has(word);
}

const slipsOfStop: ReadonlySet<string> = new Set(
  Array.from('stop').flatMap((letter, n) => {
    const before = 'stop'.slice(0, n);
    const after = 'stop'.slice(n + 1);
    const swapped = n === 0 ? [] : [before.slice(0, -1) + letter + before.slice(-1) + after];
    return [...swapped, before + letter + letter + after].filter((slip) => slip !== 'stoop');
  }),
);

/** How many letters have to be added, dropped or changed to make one word of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (const [i, letter] of Array.from(one).entries()) {
    const next = [i + 1];
    for (const [j, its] of Array.from(other).entries()) {
      const changed = (row[j] ?? 0) + (letter === its ? 0 : 1);
      next.push(Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
