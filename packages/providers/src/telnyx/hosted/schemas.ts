import { parsePhoneNumber, type PhoneNumber } from '@frontdesk/kernel';
import type { HostedEligibility, HostedStanding } from '@frontdesk/numbers/ports';
import { z } from 'zod';
import { dataPage } from '../list-all.ts';

const text = z.string().nullish();

/** Of the check alone, Telnyx's answer has no `data` around it. Its words come in either case. */
export const eligibilityAnswer = z
  .object({
    phone_numbers: z.array(
      z.object({ phone_number: z.string(), eligible: z.boolean().nullish(), eligible_status: text, detail: text }),
    ),
  })
  .transform(({ phone_numbers: numbers }) =>
    numbers.flatMap(({ phone_number, eligible, eligible_status, detail = null }): HostedEligibility[] => {
      const number = parsePhoneNumber(phone_number);
      const status = (eligible_status ?? (eligible === true ? 'ELIGIBLE' : 'UNKNOWN')).toUpperCase();
      return number === null ? [] : [{ number, eligible: status === 'ELIGIBLE', status, detail }];
    }),
  );

const hostedOrder = z
  .object({
    id: z.string().min(1),
    status: z.string(),
    messaging_profile_id: text,
    phone_numbers: z.array(z.object({ id: text, phone_number: z.string(), status: text })).nullish(),
  })
  .transform(({ id, status, messaging_profile_id: profileId = null, phone_numbers: numbers }) => ({
    profileId,
    standing: { externalId: id, status, numbers: (numbers ?? []).flatMap(readNumber) } satisfies HostedStanding,
  }));

function readNumber(row: { id?: string | null | undefined; phone_number: string; status?: string | null | undefined }) {
  const number: PhoneNumber | null = parsePhoneNumber(row.phone_number);
  return number === null ? [] : [{ number, status: row.status ?? 'pending', numberId: row.id ?? null }];
}

export const hostedAnswer = z.object({ data: hostedOrder });
export const hostedPage = dataPage(hostedOrder);

export const sentCodes = z.object({
  data: z.array(z.object({ phone_number: z.string(), verification_code_id: text, error: text })),
});

export const validatedCodes = z.object({
  data: z.object({ phone_numbers: z.array(z.object({ phone_number: z.string(), status: z.string() })) }),
});
