import { phoneCarriers } from '@frontdesk/contracts';
import { isId, parsePhoneNumber } from '@frontdesk/kernel';
import { z } from 'zod';
import { keywordTexts, missedCallText, textsWithoutName } from './own-texts.ts';

const id = z.string().refine(isId, 'it must be a UUID');
const words = z.string().trim().min(1).max(300);
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write it as HH:MM, 24 hours');
const cents = z.number().int('whole cents').min(0).max(1_000_000);
const number = z.string().refine((given) => parsePhoneNumber(given) === given, 'write it as +14805550100');
const timeZone = z.string().refine(isTimeZone, 'it must be a time zone such as America/Phoenix');
const stretch = z
  .tuple([time, time])
  .readonly()
  .refine(([from, until]) => from < until, 'the first time must be before the second');

/** By ISO weekday, 1 is Monday; a day that is left out is closed. */
const week = z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), stretch);

const service = z.strictObject({
  id,
  name: words,
  /** What a text may call it on a lock screen. */
  discreetName: words,
  aliases: z.array(words).max(50).readonly(),
  minutes: z.number().int().min(5).max(480),
  priceCents: cents,
  priceUnit: z.enum(['unit', 'syringe', 'vial', 'session', 'cycle', 'visit']),
  depositNewCents: cents,
  depositReturningCents: cents,
});

const practitioner = z.strictObject({
  id,
  name: words,
  title: words,
  hours: week,
  serviceIds: z.array(id).readonly(),
});

/** The clinic's own words after a visit; they leave as marketing, to those who agreed to it in writing. */
const visitFollowUp = z.strictObject({
  minutesAfter: z.number().int().min(0).max(43_200),
  text: words,
});

/** A clinic as it is set up: everything the desk must know before its first text. Times are `HH:MM`, local. */
export const clinicDefinitionSchema = z
  .strictObject({
    id,
    name: words,
    timeZone,
    location: z.strictObject({
      id,
      name: words,
      address: words,
      number,
      /** Who carries the texts and calls of that number; Telnyx when left out. */
      carrier: z.enum(phoneCarriers).optional(),
      /** Telnyx's messaging profile, or the SID of Twilio's Messaging Service. */
      messagingProfileId: words,
      callHandling: z.enum(['ring', 'reject']),
    }),
    hours: week,
    /** How long before a visit its reminders leave, in minutes; none when empty, 24 hours and one hour when left out. */
    reminders: z.array(z.number().int().min(5).max(43_200)).max(5).readonly().optional(),
    /** What leaves when nobody asked for it; left out, it stays as it is: nothing at first. Null: nothing. */
    followUps: z
      .strictObject({
        /** Minutes after times were offered and nobody answered: one text, and no other before the person writes. */
        afterOffer: z.number().int().min(15).max(1_440).nullable().optional(),
        afterVisit: visitFollowUp.nullable().optional(),
      })
      .optional(),
    /** When texts that nobody waits for may leave, where the person is; left out, it stays as it is: 8:00 to 21:00 at first. */
    textHours: stretch.optional(),
    /** The language of its WhatsApp templates to whoever has shown none of their own, such as `es`; left out, it stays as it is: `en` at first. */
    language: z
      .string()
      .regex(/^[a-z]{2}$/, 'write it in two letters, such as en or es')
      .optional(),
    /** Hosts of its own links that texts may carry, such as `radiance.example`; left out, they stay as they are: none at first. */
    linkHosts: z.array(z.hostname().toLowerCase()).max(20).readonly().optional(),
    /** Its own answers to STOP, HELP and START, by language; left out, they stay as they are: the desk's at first. */
    keywordTexts: keywordTexts.optional(),
    /** Its own text to whoever called in vain; left out, it stays as it is. Null: the desk's. */
    missedCallText: missedCallText.nullable().optional(),
    services: z.array(service).min(1).max(200).readonly(),
    practitioners: z.array(practitioner).min(1).max(200).readonly(),
    facts: z
      .array(z.strictObject({ id, topic: words, answer: z.string().trim().min(1).max(2_000) }))
      .max(1_000)
      .readonly(),
    staff: z
      .array(z.strictObject({ id, name: words, phone: number }))
      .max(200)
      .readonly(),
    /** Null: the clinic takes no deposits. */
    depositAccount: z.strictObject({ merchantId: words, squareLocationId: words, accessToken: words }).nullable(),
  })
  .superRefine((clinic, context) => {
    const known = new Set(clinic.services.map((each) => each.id));
    for (const [n, { serviceIds }] of clinic.practitioners.entries()) {
      const missing = serviceIds.filter((each) => !known.has(each));
      if (missing.length === 0) continue;
      const message = `no service has the id ${missing.join(', ')}`;
      context.addIssue({ code: 'custom', path: ['practitioners', n, 'serviceIds'], message });
    }
    for (const path of textsWithoutName(clinic)) {
      context.addIssue({ code: 'custom', path, message: 'it must name the clinic, exactly as `name` does' });
    }
    const lists = {
      services: clinic.services,
      practitioners: clinic.practitioners,
      facts: clinic.facts,
      staff: clinic.staff,
    };
    for (const [name, rows] of Object.entries(lists)) {
      const ids = rows.map((row) => row.id);
      const twice = ids.filter((each, n) => ids.indexOf(each) !== n);
      if (twice.length > 0) {
        context.addIssue({ code: 'custom', path: [name], message: `the id ${twice.join(', ')} stands twice` });
      }
    }
  });

export type ClinicDefinition = z.infer<typeof clinicDefinitionSchema>;
export type ServiceDefinition = ClinicDefinition['services'][number];
export type PractitionerDefinition = ClinicDefinition['practitioners'][number];

function isTimeZone(name: string): boolean {
  try {
    return Temporal.Now.zonedDateTimeISO(name).timeZoneId === name;
  } catch {
    return false;
  }
}
