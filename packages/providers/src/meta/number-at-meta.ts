import { parsePhoneNumber, PermanentFailure } from '@frontdesk/kernel';
import type { NumberAtMeta } from '@frontdesk/numbers/ports';
import { fieldOf, textOf } from './graph.ts';

/** What is asked of a number. */
export const numberFields = 'id,display_phone_number,verified_name,quality_rating,throughput,messaging_limit_tier';

/**
 * Messages in a second by level of throughput, people in a day by tier. UNVERIFIED: the figures of both are from Meta's pages
 * "Throughput" and "Messaging limits" as others quote them.
 */
const throughput: Readonly<Record<string, number>> = { STANDARD: 80, HIGH: 1_000 };
const tiers: Readonly<Record<string, number>> = {
  TIER_50: 50,
  TIER_250: 250,
  TIER_1K: 1_000,
  TIER_2K: 2_000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
};

/** @throws PermanentFailure when it has no number */
export function readNumberAtMeta(answer: unknown): NumberAtMeta {
  const digits = (textOf(answer, 'display_phone_number') ?? '').replaceAll(/\D/g, '');
  const number = parsePhoneNumber(`+${digits}`);
  if (number === null) throw new PermanentFailure('Meta shows no telephone number behind the id');
  return {
    number,
    displayName: textOf(answer, 'verified_name'),
    quality: textOf(answer, 'quality_rating'),
    textsPerSecond: throughput[textOf(fieldOf(answer, 'throughput'), 'level') ?? ''] ?? null,
    peoplePerDay: tiers[textOf(answer, 'messaging_limit_tier') ?? ''] ?? null,
  };
}
