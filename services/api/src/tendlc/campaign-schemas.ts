import {
  campaignStates,
  explainCampaign,
  explainCampaignReasons,
  type Campaign,
  type CampaignNumber,
  type Finding,
} from '@frontdesk/numbers';
import { z } from 'zod';
import {
  clinicIdSchema,
  idSchema,
  instantSchema,
  phoneSchema,
  shownNumberSchema,
  stateAtSchema,
  wordsSchema,
} from '../contract/schemas.ts';
import { findingsSchema, presentFindings, reasonSchema } from './finding-schemas.ts';
import { insistSchema, plainWords } from './words-schema.ts';

const usecases = [
  'LOW_VOLUME',
  'MIXED',
  'CUSTOMER_CARE',
  'ACCOUNT_NOTIFICATION',
  'MARKETING',
  'SOLE_PROPRIETOR',
] as const;

const keywordsSchema = (what: string, example: string[]) =>
  z
    .array(plainWords(50))
    .max(20)
    .meta({ description: `the words that ${what}`, examples: [example] });

const campaignDetailsSchema = z
  .strictObject({
    usecase: z
      .enum(usecases)
      .meta({ description: 'what the texts are for; LOW_VOLUME is all of it, up to 6000 a month' }),
    description: plainWords(4_096).meta({
      description: 'who texts whom, and what about',
      examples: [
        'Radiance Medspa answers patients who text or call, books their visits and reminds them of their appointments.',
      ],
    }),
    messageFlow: plainWords(2_048).meta({
      description: 'how people come to agree to texts: where, with what words',
      examples: ['Patients tick an empty box on https://radiancemedspa.com/book or text our number first.'],
    }),
    samples: z.array(plainWords(1_024)).max(5).meta({ description: 'two to five texts as patients would read them' }),
    optInMessage: plainWords(320).meta({ description: 'what people get once they agreed' }),
    optOutMessage: plainWords(320).meta({ description: 'what people get after STOP' }),
    helpMessage: plainWords(320).meta({ description: 'what people get after HELP' }),
    optInKeywords: keywordsSchema('agree to texts', ['START', 'YES']),
    optOutKeywords: keywordsSchema('end texts', ['STOP', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT']),
    helpKeywords: keywordsSchema('ask for help', ['HELP', 'INFO']),
    privacyPolicyUrl: plainWords(255).meta({ description: 'the page with the privacy policy' }),
    termsUrl: plainWords(255).meta({ description: 'the page with the terms of service' }),
    embeddedLink: z.boolean().meta({ description: 'whether texts hold links' }),
    embeddedPhone: z.boolean().meta({ description: 'whether texts hold phone numbers' }),
    ageGated: z.boolean().meta({ description: 'whether texts are for adults alone' }),
  })
  .meta({ id: 'CampaignDetails', description: 'What the clinic texts, and how people agree to it' });

const brandIdSchema = idSchema.meta({ description: 'the id of the brand that sends' });

export const newCampaignSchema = z
  .strictObject({ orgId: clinicIdSchema, brandId: brandIdSchema, details: campaignDetailsSchema })
  .meta({ id: 'NewCampaign', description: 'A campaign, with all of its details' });

export const changeCampaignSchema = z
  .strictObject({ orgId: clinicIdSchema, details: campaignDetailsSchema })
  .meta({ id: 'ChangeCampaign', description: 'All details of the campaign, as they are to be' });

export const submitCampaignSchema = z
  .strictObject({
    orgId: clinicIdSchema,
    insistBecause: insistSchema,
    appeal: wordsSchema(1_000)
      .optional()
      .meta({ description: 'what the reviewers are to be told of what was mended, after they said no' }),
  })
  .meta({ id: 'SubmitCampaign', description: 'Whose campaign it is, and what reviewers are to be told' });

export const campaignNumberBodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    number: phoneSchema.meta({ description: 'a number of the clinic', examples: ['+14805550100'] }),
  })
  .meta({ id: 'NumberOfCampaign', description: 'The number that is to be in the campaign, or out of it' });

export const campaignNumberSchema = z
  .strictObject({
    number: shownNumberSchema('a number of the clinic'),
    campaignId: idSchema,
    wanted: z.enum(['in', 'out']).meta({ description: 'whether it is to be in the campaign or out of it' }),
    state: z
      .enum(['pending', 'added', 'failed', 'removed'])
      .meta({ description: 'pending (it is on its way), added, failed (`reason` says why) or removed' }),
    reason: z.string().nullable().meta({ description: 'why it failed, in words' }),
    stateAt: stateAtSchema,
  })
  .meta({ id: 'CampaignNumber', description: 'A number in a campaign, or on its way there or out of it' });

export const campaignSchema = z
  .strictObject({
    id: idSchema,
    brandId: idSchema,
    state: z
      .enum(campaignStates)
      .meta({ description: 'where it is at registry and carriers, for machines; `words` and `next` explain it' }),
    words: z.string().meta({ description: 'where it is, for people' }),
    next: z.string().meta({ description: 'what to do next' }),
    usually: z.string().nullable().meta({ description: 'how long that usually takes' }),
    details: campaignDetailsSchema,
    registryId: z.string().nullable().meta({ description: 'what the registry calls it' }),
    status: z.string().nullable().meta({ description: 'the registry’s own word' }),
    textsPerMinute: z
      .int()
      .nullable()
      .meta({ description: 'what its numbers may send together in a minute, while it is live' }),
    reasons: z.array(reasonSchema).meta({ description: 'why registry or carriers say no' }),
    insisted: z.string().nullable().meta({ description: 'why it was submitted against the desk’s advice' }),
    changed: z.boolean().meta({ description: 'whether the registry does not have it as it is now' }),
    createdAt: instantSchema,
    stateAt: stateAtSchema,
  })
  .meta({ id: 'Campaign', description: 'A campaign, and what registry and carriers say of it' });

export const campaignWithNumbersSchema = campaignSchema
  .extend({
    numbers: z.array(campaignNumberSchema).meta({ description: 'the numbers in it, or on their way in or out' }),
  })
  .meta({ id: 'CampaignWithNumbers', description: 'A campaign and its numbers' });

export const campaignWithFindingsSchema = campaignSchema
  .extend({ findings: findingsSchema })
  .meta({ id: 'CampaignWithFindings', description: 'A campaign, and what registry and carriers would say to it' });

export function presentCampaign(campaign: Campaign): z.input<typeof campaignSchema> {
  const { id, brandId, state, status, details, reasons, insisted, textsPerMinute } = campaign;
  return {
    id,
    brandId,
    state,
    ...explainCampaign(campaign),
    details: { ...details, samples: [...details.samples], ...keywordsOf(campaign) },
    registryId: campaign.externalId,
    status,
    textsPerMinute,
    reasons: explainCampaignReasons(reasons),
    insisted,
    changed: campaign.revision !== campaign.submittedRevision,
    createdAt: campaign.createdAt.toString(),
    stateAt: campaign.stateAt.toString(),
  };
}

const keywordsOf = ({ details: { optInKeywords, optOutKeywords, helpKeywords } }: Campaign) => ({
  optInKeywords: [...optInKeywords],
  optOutKeywords: [...optOutKeywords],
  helpKeywords: [...helpKeywords],
});

export const presentCampaignWithFindings = ({
  campaign,
  findings,
}: {
  campaign: Campaign;
  findings: readonly Finding[];
}): z.input<typeof campaignWithFindingsSchema> => ({
  ...presentCampaign(campaign),
  findings: presentFindings(findings),
});

export const presentCampaignNumber = (link: CampaignNumber): z.input<typeof campaignNumberSchema> => {
  const { number, campaignId, wanted, state, reason, stateAt } = link;
  return { number, campaignId, wanted, state, reason, stateAt: stateAt.toString() };
};
