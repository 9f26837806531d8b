import type { ContentFinding } from './lint.ts';

export type BrandFacts = {
  /** The registry knows this EIN from another brand of the desk. */
  einUsedElsewhere: boolean;
  /** Of `/website`. */
  content: readonly ContentFinding[];
};

export type CampaignFacts = {
  /** The names under which people know the clinic. One of them stands in every text. */
  names: readonly string[];
  website: string | null;
  isSoleProprietor: boolean;
  /** What left from the clinic's numbers in the last thirty days. */
  textsInMonth: number;
  /** Of description, samples and messages. */
  content: readonly ContentFinding[];
};
