import { codesPerDay, maySendCode, mayTryCode } from '../code-limits.ts';
import type { Told } from './campaign.ts';
import { isSoleProprietor, type Brand, type BrandState, type OwnerCode } from './brand.ts';

/** A code counts for so long. */
const codeLives = Temporal.Duration.from({ hours: 24 });

/** For so long after it took the code the registry may still call the brand by its old word. */
const untilCodeShows = Temporal.Duration.from({ hours: 1 });

/** Where a brand is, for the owner of the clinic. */
export const brandWords: Readonly<Record<BrandState, Told>> = {
  draft: {
    words: 'The brand is a draft; nobody has seen it.',
    next: 'Check it and submit it.',
    usually: null,
  },
  submitted: {
    words: 'The brand is on its way to the registry.',
    next: 'Nothing to do.',
    usually: 'minutes',
  },
  pending: {
    words: 'The registry compares the brand with the registers of companies.',
    next: 'Nothing to do.',
    usually: 'minutes to one business day',
  },
  'code-wanted': {
    words:
      'The registry knows a sole proprietor by a code that it texts to their mobile phone; no campaign before that.',
    next: 'Have the code sent, and enter it within 24 hours. Change the brand first where its mobile phone is the wrong one.',
    usually: 'minutes, once it is entered',
  },
  verified: {
    words: 'The registry knows who the clinic is.',
    next: 'Submit a campaign, if there is none.',
    usually: null,
  },
  unverified: {
    words: 'The registry could not confirm who the clinic is; no campaign can be submitted.',
    next: 'Compare legal name, EIN and address with the letter of the tax office, change what differs, and submit it again.',
    usually: null,
  },
  failed: {
    words: 'The registry has turned the brand away.',
    next: 'Change what the reasons name, and submit it again.',
    usually: null,
  },
};

/** The code of a sole proprietor, as the owner is told of it. */
export type CodeStanding = {
  sentAt: Temporal.Instant | null;
  /** Until when the last one counts. */
  until: Temporal.Instant | null;
  triesLeft: number;
  leftToday: number;
};

/** Where this brand is now. */
export function explainBrand(brand: Brand, now: Temporal.Instant): Told & { code: CodeStanding | null } {
  const told = brandWords[brand.state];
  if (brand.state === 'pending' && isSoleProprietor(brand.details)) {
    const words = 'The registry takes the brand in, and then wants a code that it texts to the owner’s mobile phone.';
    return {
      ...told,
      words,
      next: 'Have the code sent; where the registry sends none yet, ask again later.',
      code: null,
    };
  }
  if (brand.state === 'unverified' && brand.details.entityType === 'PUBLIC_PROFIT') {
    const next = `Open the link that the registry has sent to the clinic’s e-mail address. If none came: ${told.next}`;
    return { ...told, next, usually: 'the link works for seven days', code: null };
  }
  if (brand.state !== 'code-wanted') return { ...told, code: null };
  return { ...told, ...wordsOfCode(brand.code, now), code: standingOfCode(brand.code, now) };
}

/** Whether the registry has just taken the code, so that another is of no use. */
export function isConfirmed({ confirmedAt }: OwnerCode, now: Temporal.Instant): boolean {
  return confirmedAt !== null && Temporal.Instant.compare(now, confirmedAt.add(untilCodeShows)) < 0;
}

export function isExpired({ sentAt }: OwnerCode, now: Temporal.Instant): boolean {
  return sentAt !== null && Temporal.Instant.compare(now, sentAt.add(codeLives)) >= 0;
}

function wordsOfCode(code: OwnerCode, now: Temporal.Instant): Partial<Told> {
  if (isConfirmed(code, now)) {
    return { words: 'The registry has taken the code.', next: 'Nothing to do.', usually: 'minutes' };
  }
  if (code.sentAt === null) return {};
  if (isExpired(code, now))
    return { next: 'The code has expired: have another one sent, and enter it within 24 hours.' };
  if (mayTryCode(code).kind !== 'yes') return { next: 'No tries are left for this code: have another one sent.' };
  const until = code.sentAt.add(codeLives).toString({ smallestUnit: 'second' });
  return {
    next: `Enter the code that came to the owner’s mobile phone, by ${until}; if none came, have another one sent.`,
  };
}

function standingOfCode(code: OwnerCode, now: Temporal.Instant): CodeStanding {
  const may = mayTryCode(code);
  const again = maySendCode({ count: code.sent, lastAt: code.sentAt }, now);
  return {
    sentAt: code.sentAt,
    until: code.sentAt?.add(codeLives) ?? null,
    triesLeft: may.kind === 'yes' ? may.triesLeft + 1 : 0,
    leftToday: again.kind === 'yes' ? codesPerDay - again.count + 1 : codesPerDay - code.sent,
  };
}
