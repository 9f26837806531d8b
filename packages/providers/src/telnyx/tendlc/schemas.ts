import { z } from 'zod';

const text = z.string().nullish();

/** The registry's answers stand in `data` or alone: the SDK's types and the documentation do not agree. */
const unwrapped = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((body) => (hasData(body) ? body.data : body), schema);

function hasData(body: unknown): body is { data: unknown } {
  return typeof body === 'object' && body !== null && 'data' in body && typeof body.data === 'object';
}

/** A page is `{ records }`, with or without `data` around it, or the rows themselves. */
const recordsOf = <Row extends z.ZodType>(row: Row) =>
  unwrapped(z.union([z.array(row), z.object({ records: z.array(row) }).transform(({ records }) => records)]));

const brand = z.object({
  brandId: z.string().min(1),
  status: text,
  identityStatus: text,
  displayName: text,
  ein: text,
  mobilePhone: text,
  failureReasons: z.unknown().optional(),
  webhookURL: text,
});
export type WireBrand = z.infer<typeof brand>;
export const brandAnswer = unwrapped(brand);
export const brandRecords = recordsOf(z.object({ brandId: z.string().min(1), displayName: text }));

export const vettings = unwrapped(z.array(z.object({ vettingScore: z.number().nullish(), vettedDate: text })));

export const brandFeedback = unwrapped(
  z.object({ category: z.array(z.object({ displayName: text, description: text })).nullish() }),
);

export const codeStatus = unwrapped(z.object({ deliveryStatus: text, verifyDate: text }));

const campaign = z.object({
  campaignId: z.string().min(1),
  campaignStatus: text,
  referenceId: text,
  failureReasons: z.unknown().optional(),
});
export type WireCampaign = z.infer<typeof campaign>;
export const campaignAnswer = unwrapped(campaign);
export const campaignRecords = recordsOf(campaign);

const campaignNumber = z.object({
  campaignId: text,
  telnyxCampaignId: text,
  assignmentStatus: text,
  failureReasons: z.unknown().optional(),
});
export type WireCampaignNumber = z.infer<typeof campaignNumber>;
export const campaignNumberAnswer = unwrapped(campaignNumber);

const reason = z.union([z.string(), z.object({ description: z.string() }).transform(({ description }) => description)]);

/** UNVERIFIED: how `failureReasons` is written; the SDK says a text, the events have a list of fields and descriptions. */
export function reasonsOf(failureReasons: unknown): string[] {
  const given = typeof failureReasons === 'string' ? parsed(failureReasons) : failureReasons;
  const list = z.array(reason).safeParse(given);
  if (list.success) return list.data.filter((each) => each !== '');
  return typeof failureReasons === 'string' && failureReasons.trim() !== '' ? [failureReasons] : [];
}

function parsed(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return words;
  }
}
