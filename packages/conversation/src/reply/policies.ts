import { plainWords } from '../understanding/words.ts';
import type { Records } from './records.ts';

/** Words that promise terms. They may be said only as a record says them. */
const terms: [RegExp, RegExp][] = [
  [
    /\b(non ?refundable|not (be )?refund\w*|no refunds?|forfeit\w*)\b/,
    /\b(non ?refundable|not (be )?refund\w*|no refunds?|forfeit\w*)\b/,
  ],
  [/(?<!non )(?<!not )(?<!not be )(?<!no )\brefund\w*\b/, /(?<!non )(?<!not )(?<!no )\brefund\w*\b/],
  [
    /\b(guarantee\w*|money back|warrant\w+|risk free|painless|100 safe)\b/,
    /\b(guarantee\w*|money back|warrant\w+|risk free|painless)\b/,
  ],
  [
    /\b(complimentary|free of charge|no charge|no cost|free (consult\w*|touch ?ups?|parking|gift|session|treatment|trial|visit))\b/,
    /\b(complimentary|free of charge|no charge|no cost|free|is free)\b/,
  ],
  [
    /\b(discount\w*|special offer|promo\w*|coupon\w*|half off|half price|on sale|waive\w*|buy one)\b/,
    /\b(discount\w*|special|promo\w*|coupon\w*|off|waive\w*)\b/,
  ],
  [/\b(insurance)\b/, /\binsurance\b/],
  [/\b(financ\w+|payment plans?|installments?)\b/, /\b(financ\w+|payment plans?|installments?)\b/],
  [/\b(walk ?ins? (are )?(welcome|ok|fine|accepted)|no appointment needed)\b/, /\bwalk ?ins?\b/],
  [
    /\b(fda|board certified|licensed|award\w*|clinically proven)\b/,
    /\b(fda|board certified|licensed|award\w*|clinically proven)\b/,
  ],
];

export function unknownPolicies(sentence: string, { texts }: Records): string[] {
  const words = plainWords(sentence);
  if (
    /\b(not sure|do not know|don t know|find out|check with|ask the team|team (can|will) (answer|tell|confirm))\b/.test(
      words,
    )
  )
    return [];
  return terms.flatMap(([said, recorded]) => {
    const found = said.exec(words);
    return found === null || texts.some((text) => recorded.test(plainWords(text))) ? [] : [found[0]];
  });
}
