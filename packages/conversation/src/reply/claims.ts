import { straighten } from '../understanding/words.ts';
import type { Claim } from './claim.ts';
import { claimPatterns } from './claim-patterns.ts';

/** All claims of a sentence, by where they stand. */
export function claimsOf(sentence: string): Claim[] {
  let rest = straighten(sentence);
  const claims: Claim[] = [];
  for (const [pattern, find] of claimPatterns) {
    rest = rest.replace(pattern, (...args) => {
      const groups = args.slice(
        0,
        args.findIndex((arg) => typeof arg === 'number'),
      );
      const [words, index] = [String(args[0]), Number(args[groups.length])];
      // The pattern's own function fills the fields of its kind.
      claims.push({ words: words.trim().replace(/\.$/, ''), index, ...find(groups) } as Claim);
      return ' '.repeat(words.length);
    });
  }
  const last = claims.toSorted((a, b) => a.index - b.index);
  return last.map((claim, n) => withUnitOfNext(claim, last[n + 1]));
}

/** Sentences, where "p.m." and "Dr." do not end one. */
export function sentencesOf(text: string): string[] {
  return straighten(text)
    .replace(/\b([ap])\.m\./gi, '$1m')
    .replace(/\b(Dr|Mr|Mrs|Ms|St)\./g, '$1')
    .split(/(?<=[.!?])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

/** In "20 to 50 units" the first number has the unit of the second. */
function withUnitOfNext(claim: Claim, next: Claim | undefined): Claim {
  return claim.kind === 'quantity' && claim.unit === '' && next?.kind === 'quantity'
    ? { ...claim, unit: next.unit }
    : claim;
}
