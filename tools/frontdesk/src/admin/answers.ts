import { z } from 'zod';

// What the command line reads of the administration's answers. With --json all of an answer is printed, so nothing is dropped.

export const ordered = z.looseObject({ id: z.string() });

export const numberOrder = z.looseObject({
  id: z.string(),
  number: z.string(),
  carrier: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
  next: z.string(),
  stateAt: z.string(),
});

export const clinicNumber = z.looseObject({
  number: z.string(),
  carrier: z.string(),
  origin: z.string(),
  callHandling: z.string(),
  transferTo: z.string().nullable(),
  campaign: z.string().nullable(),
  locationId: z.string(),
});

export const availableNumbers = z.looseObject({
  items: z.array(
    z.looseObject({
      number: z.string(),
      locality: z.string().nullable(),
      state: z.string().nullable(),
      sms: z.boolean(),
      mms: z.boolean(),
      voice: z.boolean(),
      monthlyCents: z.number().nullable(),
    }),
  ),
  next: z.string(),
});

export const released = z.looseObject({ id: z.string(), lost: z.object({ texts: z.int(), reminders: z.int() }) });

export const hostedOrder = z.looseObject({
  id: z.string(),
  number: z.string(),
  state: z.string(),
  words: z.string(),
  step: z.string(),
  next: z.string(),
  documentsSentAt: z.string().nullable(),
  stateAt: z.string(),
});

/** A code was asked for: whether it was sent, since the holder of the phone may be known already. */
export const sentCode = z.looseObject({ sent: z.boolean(), leftToday: z.int() });
export const confirmedCode = z.looseObject({ verified: z.literal(true) });

const reason = z.looseObject({ reason: z.string(), mend: z.string().nullable() });
const finding = z.looseObject({ severity: z.string(), pointer: z.string(), words: z.string(), mend: z.string() });
export type Finding = z.infer<typeof finding>;

export const checked = z.looseObject({ wouldBeRejected: z.boolean(), findings: z.array(finding) });

/** A brand or a campaign. */
export const registration = z.looseObject({
  id: z.string(),
  state: z.string(),
  words: z.string(),
  next: z.string(),
  usually: z.string().nullable(),
  reasons: z.array(reason),
  changed: z.boolean(),
  stateAt: z.string(),
  details: z.looseObject({ displayName: z.string().optional(), usecase: z.string().optional() }),
});
export type Registration = z.infer<typeof registration>;

export const withFindings = registration.extend({ findings: z.array(finding) });

export const campaignNumber = z.looseObject({
  number: z.string(),
  campaignId: z.string(),
  wanted: z.string(),
  state: z.string(),
  reason: z.string().nullable(),
});

export const campaignWithNumbers = registration.extend({ numbers: z.array(campaignNumber) });

export const registrationStatus = z.looseObject({
  numbers: z.array(
    z.looseObject({
      number: z.string(),
      carrier: z.string(),
      mayText: z.string(),
      words: z.string(),
      works: z.array(z.string()),
      next: z.string().nullable(),
      usually: z.string().nullable(),
    }),
  ),
  meanwhile: z.string().nullable(),
  brand: registration.nullable(),
  tMobileToday: z.looseObject({ taken: z.int(), atMost: z.int(), warning: z.string().nullable() }).nullable(),
  hostedLines: z.array(z.looseObject({ number: z.string(), state: z.string() })),
});

export const sentText = z.looseObject({
  id: z.string(),
  state: z.string(),
  channel: z.string(),
  /** Null on WhatsApp, which counts no parts. */
  segments: z.int().nullable(),
  template: z.looseObject({ words: z.string() }).nullable(),
  willLeaveAt: z.string().nullable(),
  suppressed: z.looseObject({ words: z.string() }).nullable(),
  warnings: z.array(z.looseObject({ advice: z.string() })),
});

export const text = z.looseObject({ id: z.string(), state: z.string(), reason: z.string().nullable() });
