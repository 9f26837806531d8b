import { brandStates, explainBrand, explainBrandReasons, type Brand, type Finding } from '@frontdesk/numbers';
import type { BrandDetails } from '@frontdesk/numbers/ports';
import { z } from 'zod';
import { isAtLeast, type Role } from '../auth/roles.ts';
import { phoneAt } from '../contract/phone.ts';
import { clinicIdSchema, idSchema, instantSchema, phoneSchema, stateAtSchema } from '../contract/schemas.ts';
import { findingsSchema, presentFindings, reasonSchema } from './finding-schemas.ts';
import { insistSchema, plainWords } from './words-schema.ts';

const entityTypes = ['PRIVATE_PROFIT', 'PUBLIC_PROFIT', 'NON_PROFIT', 'GOVERNMENT', 'SOLE_PROPRIETOR'] as const;

const shown = {
  entityType: z.enum(entityTypes).meta({ description: 'what kind of business it is' }),
  legalName: plainWords(255).meta({
    description: 'the name as on the letter of the tax office',
    examples: ['Radiance Aesthetics LLC'],
  }),
  displayName: plainWords(255).meta({
    description: 'the name that people know; it stands in every text',
    examples: ['Radiance Medspa'],
  }),
  website: plainWords(255)
    .nullish()
    .meta({ description: 'the address of the website', examples: ['https://radiancemedspa.com'] }),
  street: plainWords(255).meta({ description: 'the street where the business is', examples: ['4400 N Scottsdale Rd'] }),
  city: plainWords(100).meta({ description: 'the city', examples: ['Scottsdale'] }),
  state: plainWords(20).meta({ description: 'the two letters of the state', examples: ['AZ'] }),
  postalCode: plainWords(20).meta({ description: 'the ZIP code', examples: ['85251'] }),
  vertical: plainWords(50).meta({
    description: 'the line of business as the registry names it',
    examples: ['HEALTHCARE'],
  }),
  stockSymbol: plainWords(20).nullish().meta({ description: 'of a listed company' }),
  stockExchange: plainWords(20).nullish().meta({ description: 'of a listed company' }),
};

export const brandDetailsSchema = z
  .strictObject({
    ...shown,
    ein: plainWords(20)
      .nullish()
      .meta({
        description: 'the employer identification number, nine digits; it is never shown again',
        examples: ['86-1234567'],
      }),
    email: plainWords(255).meta({
      description: 'an address at the business’s own domain',
      examples: ['office@radiancemedspa.com'],
    }),
    phone: phoneSchema.meta({ description: 'the phone number of the business', examples: ['+14805550100'] }),
    firstName: plainWords(100).nullish().meta({ description: 'of the owner; sole proprietors alone' }),
    lastName: plainWords(100).nullish().meta({ description: 'of the owner; sole proprietors alone' }),
    mobilePhone: phoneSchema.nullish().meta({ description: 'a mobile number of the owner; sole proprietors alone' }),
  })
  .meta({ id: 'BrandDetails', description: 'Who sends, as the registry is to know it' });

export const newBrandSchema = z
  .strictObject({ orgId: clinicIdSchema, details: brandDetailsSchema })
  .meta({ id: 'NewBrand', description: 'A brand, with all of its details' });

export const submitBrandSchema = z
  .strictObject({ orgId: clinicIdSchema, insistBecause: insistSchema })
  .meta({ id: 'SubmitBrand', description: 'Whose brand it is, and why it is right where the desk expects a no' });

export const brandSchema = z
  .strictObject({
    id: idSchema,
    state: z
      .enum(brandStates)
      .meta({ description: 'where it is at the registry, for machines; `words` and `next` explain it' }),
    words: z.string().meta({ description: 'where it is, for people' }),
    next: z.string().meta({ description: 'what to do next' }),
    usually: z.string().nullable().meta({ description: 'how long that usually takes' }),
    details: z
      .strictObject({
        ...shown,
        hasEin: z.boolean().meta({ description: 'whether a number is kept; it is never shown' }),
        email: z.string().nullable().meta({ description: 'null for viewers, like the rest of how to reach the owner' }),
        phone: z
          .string()
          .nullable()
          .meta({ description: 'the phone number of the business, in E.164; null for viewers' }),
        firstName: z.string().nullable().meta({ description: 'of an owner who works alone; null for viewers' }),
        lastName: z.string().nullable().meta({ description: 'of an owner who works alone; null for viewers' }),
        mobilePhone: z.string().nullable().meta({
          description: 'of an owner who works alone, in E.164: their code comes there; null for viewers',
        }),
      })
      .meta({ description: 'what the registry is to know of it' }),
    registryId: z.string().nullable().meta({ description: 'what the registry calls it' }),
    identity: z.string().nullable().meta({ description: 'the registry’s word for who it is' }),
    score: z.int().nullable().meta({ description: 'from 0 to 100 once it was vetted' }),
    textsPerDay: z.int().nullable().meta({ description: 'how many parts of texts T-Mobile takes of it in a day' }),
    reasons: z.array(reasonSchema).meta({ description: 'why the registry says no' }),
    code: z
      .strictObject({
        sentAt: instantSchema.nullable().meta({ description: 'when the last one was sent; null when none was' }),
        until: instantSchema.nullable().meta({ description: 'until when the last one counts' }),
        triesLeft: z.int().meta({ description: 'how often the last one may still be entered' }),
        leftToday: z.int().meta({ description: 'how many more can be sent today' }),
      })
      .nullable()
      .meta({ description: 'the code that the registry wants of a sole proprietor; null when it wants none' }),
    insisted: z.string().nullable().meta({ description: 'why it was submitted against the desk’s advice' }),
    changed: z.boolean().meta({ description: 'whether the registry does not have it as it is now' }),
    createdAt: instantSchema,
    stateAt: stateAtSchema,
  })
  .meta({ id: 'Brand', description: 'Who sends, and what the registry says of it' });

export const brandWithFindingsSchema = brandSchema
  .extend({ findings: findingsSchema })
  .meta({ id: 'BrandWithFindings', description: 'A brand, and what the registry would say to it' });

/** @throws Problem when a number is none */
export function brandDetailsOf(body: z.output<typeof brandDetailsSchema>): BrandDetails {
  const { mobilePhone = null } = body;
  return {
    ...body,
    website: body.website ?? null,
    ein: body.ein ?? null,
    firstName: body.firstName ?? null,
    lastName: body.lastName ?? null,
    stockSymbol: body.stockSymbol ?? null,
    stockExchange: body.stockExchange ?? null,
    phone: phoneAt({ pointer: '#/details/phone' }, body.phone),
    mobilePhone: mobilePhone === null ? null : phoneAt({ pointer: '#/details/mobilePhone' }, mobilePhone),
  };
}

/** Viewers do not see how to reach the owner; nobody sees the EIN. */
export function presentBrand(brand: Brand, role: Role, now: Temporal.Instant): z.input<typeof brandSchema> {
  const { ein, ...details } = brand.details;
  const seesAll = isAtLeast(role, 'manager');
  const { email, phone, firstName, lastName, mobilePhone } = details;
  const contact = seesAll
    ? { email, phone, firstName, lastName, mobilePhone }
    : { email: null, phone: null, firstName: null, lastName: null, mobilePhone: null };
  const { code, ...told } = explainBrand(brand, now);
  return {
    id: brand.id,
    state: brand.state,
    ...told,
    code: code && { ...code, sentAt: code.sentAt?.toString() ?? null, until: code.until?.toString() ?? null },
    details: { ...details, ...contact, hasEin: ein !== null },
    registryId: brand.externalId,
    identity: brand.identity,
    score: brand.score,
    textsPerDay: brand.textsPerDay,
    reasons: explainBrandReasons(brand.reasons),
    insisted: brand.insisted,
    changed: brand.revision !== brand.submittedRevision,
    createdAt: brand.createdAt.toString(),
    stateAt: brand.stateAt.toString(),
  };
}

export const presentBrandWithFindings = (
  { brand, findings }: { brand: Brand; findings: readonly Finding[] },
  role: Role,
  now: Temporal.Instant,
): z.input<typeof brandWithFindingsSchema> => ({
  ...presentBrand(brand, role, now),
  findings: presentFindings(findings),
});
