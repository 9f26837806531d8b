import { z } from 'zod';

/** What the second system text says of the clinic and the person, as far as this receptionist reads it. */
export const deskFacts = z.object({
  clinic: z.object({
    name: z.string(),
    address: z.string().default(''),
    today: z.string(),
    hours: z.array(z.string()).default([]),
    services: z
      .array(z.object({ name: z.string(), aliases: z.array(z.string()).default([]), price: z.string().default('') }))
      .default([]),
  }),
  person: z.object({
    firstName: z.string().nullable(),
    service: z.string().nullable(),
    patientType: z.enum(['new', 'returning']).nullable(),
    preferredDays: z.array(z.string()).default([]),
    preferredTimes: z.string().nullable(),
  }),
  stillToLearn: z.array(z.string()),
  greeted: z.boolean(),
  offeredTimes: z.array(z.object({ timeId: z.string(), label: z.string(), practitioner: z.string() })),
  appointment: z
    .object({ state: z.string(), label: z.string(), service: z.string(), practitioner: z.string() })
    .nullable(),
  deposit: z.object({ status: z.string(), amount: z.string().nullable() }),
});

export type DeskFacts = z.infer<typeof deskFacts>;
export type OfferedTime = DeskFacts['offeredTimes'][number];
