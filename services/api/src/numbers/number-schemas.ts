import { phoneCarriers } from '@frontdesk/contracts';
import { orderStates, type OrderedNumber } from '@frontdesk/numbers';
import type { ClinicNumber } from '@frontdesk/numbers/postgres';
import { maskPhoneNumber } from '@frontdesk/kernel';
import { z } from 'zod';
import { isAtLeast, type Role } from '../auth/roles.ts';
import { idSchema, instantSchema, phoneSchema, shownNumberSchema, stateAtSchema } from '../contract/schemas.ts';

export const carrierSchema = z.enum(phoneCarriers).meta({ description: 'telnyx or twilio' });

export const clinicNumberSchema = phoneSchema.meta({
  description: 'a number of the clinic, best with its country: +14805550100',
  examples: ['+14805550100'],
});

export const callHandlingSchema = z.enum(['ring', 'reject']).meta({
  description:
    'ring (somebody else may answer the call) or reject (the clinic forwards on no-answer, so each call that arrives is missed)',
});

export const locationIdSchema = idSchema.meta({ description: 'a location of the clinic' });

export const numberSchema = z
  .strictObject({
    number: shownNumberSchema('a number of the clinic'),
    locationId: idSchema,
    carrier: carrierSchema,
    origin: z
      .enum(['entered', 'bought', 'hosted'])
      .meta({ description: 'how it came: entered by hand, bought, or hosted (texts here, calls where they were)' }),
    callHandling: callHandlingSchema,
    transferTo: z.string().nullable().meta({
      description:
        'the number of a person who is to take its calls; kept, and not used yet: the desk hands no calls over; for viewers without its middle',
    }),
    textsPerSecond: z.number().nullable().meta({ description: 'what the carrier takes; null: as it does by default' }),
    campaign: z.string().nullable().meta({ description: 'the 10DLC campaign that it is in' }),
    assignedAt: instantSchema,
  })
  .meta({ id: 'Number', description: 'A number of the clinic' });

export function presentNumber(found: ClinicNumber, role: Role): z.input<typeof numberSchema> {
  const { numberId: _numberId, profileId: _profileId, assignedAt, transferTo, ...rest } = found;
  const shown = transferTo === null || isAtLeast(role, 'manager') ? transferTo : maskPhoneNumber(transferTo);
  return { ...rest, transferTo: shown, assignedAt: assignedAt.toString() };
}

export const numberOrderSchema = z
  .strictObject({
    id: idSchema,
    number: shownNumberSchema('the number that is wanted'),
    carrier: carrierSchema,
    locationId: idSchema,
    callHandling: callHandlingSchema,
    state: z.enum(orderStates).meta({
      description:
        'requested, ordering, bought, configuring, assigned (it is the clinic’s), failed (never bought), releasing and released (it could not be set up, or was given up since, and goes back)',
    }),
    reason: z.string().nullable().meta({ description: 'why it did not come about or went away, in words' }),
    next: z.string().meta({ description: 'what to do now, in words' }),
    createdAt: instantSchema,
    stateAt: stateAtSchema,
  })
  .meta({ id: 'NumberOrder', description: 'A number that the clinic wants to buy' });

export function presentNumberOrder({ createdAt, stateAt, ...order }: OrderedNumber): z.input<typeof numberOrderSchema> {
  return { ...order, createdAt: createdAt.toString(), stateAt: stateAt.toString() };
}
