import { maskPhoneNumber } from '@frontdesk/kernel';
import { senderStates, type Sender } from '@frontdesk/numbers';
import { z } from 'zod';
import { isAtLeast, type Role } from '../auth/roles.ts';
import { idSchema, instantSchema, stateAtSchema } from '../contract/schemas.ts';

export const senderSchema = z
  .strictObject({
    id: idSchema,
    locationId: idSchema,
    provider: z.enum(['meta', 'twilio']).meta({ description: 'who runs it: Meta itself, or Twilio for the desk' }),
    number: z.string().meta({ description: 'for viewers without its middle' }),
    displayName: z.string().nullable().meta({ description: 'what people see above the conversation' }),
    state: z.enum(senderStates).meta({
      description:
        'connecting (the provider is being asked), online, failed (`reason` says why and what to do), disconnected (nothing leaves from it any more)',
    }),
    reason: z.string().nullable().meta({ description: 'why it failed or was disconnected, and what to do; else null' }),
    quality: z.string().nullable().meta({ description: 'as Meta rates it: GREEN, YELLOW or RED' }),
    textsPerSecond: z.number().nullable().meta({ description: 'how many texts the provider takes in a second' }),
    peoplePerDay: z.int().nullable().meta({ description: 'to how many people a day it may write first' }),
    tokenExpiresAt: instantSchema
      .nullable()
      .meta({ description: 'when the permission of the sign-up ends; staff are told 14, 3 and 0 days before' }),
    createdAt: instantSchema,
    stateAt: stateAtSchema,
  })
  .meta({ id: 'WhatsAppSender', description: 'A number of the clinic on WhatsApp' });

export function presentSender(sender: Sender, role: Role): z.input<typeof senderSchema> {
  const { id, locationId, provider, number, displayName, state, reason, quality } = sender;
  return {
    id,
    locationId,
    provider,
    number: isAtLeast(role, 'manager') ? number : maskPhoneNumber(number),
    displayName,
    state,
    reason,
    quality,
    textsPerSecond: sender.textsPerSecond,
    peoplePerDay: sender.peoplePerDay,
    tokenExpiresAt: sender.tokenExpiresAt?.toString() ?? null,
    createdAt: sender.createdAt.toString(),
    stateAt: sender.stateAt.toString(),
  };
}
