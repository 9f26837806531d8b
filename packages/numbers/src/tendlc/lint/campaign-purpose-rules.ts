import type { CampaignDetails } from '../../ports.ts';
import type { CampaignFacts } from './facts.ts';
import { among, at, contentAt, type LintRule } from './lint.ts';
import { holdsMarketing } from './wording.ts';

/** A campaign of low volume takes fewer texts in a month than this, whatever they are about. */
const lowVolumePerMonth = 6_000;

const people =
  /\b(?:patients?|clients?|customers?|guests?|members?|people|individuals?|visitors?|callers?|leads?|pacientes|clientes|personas|quienes)\b/i;
const about =
  /\b(?:appointments?|visits?|book(?:s|ings?)?|remind(?:s|ers?)?|confirm(?:s|ations?)?|questions?|answers?|follow[- ]?ups?|offers?|promotions?|missed calls?|deposits?|schedul\w+|inquir\w+|notif\w+|specials?|(?:after|pre)[- ]?care|instructions?|updates?|consult\w*|treatments?|payments?|wait ?lists?|respon\w+|repl(?:y|ies)|citas?|reserva\w*|recorda\w+|recuerda\w*|recordatorios?|confirma\w*|preguntas?|contesta\w*|avisos?|ofertas?)\b/i;

/** What it is for, and whether that fits the use case. */
export const purposeRules: readonly LintRule<CampaignDetails, CampaignFacts>[] = [
  {
    code: 'description-too-short',
    severity: 'rejected',
    words: 'The registry wants at least forty characters about what the texts are for.',
    mend: 'Write two sentences: who texts whom, and what about.',
    find: ({ description }) => at('/description', description.trim().length < 40),
  },
  {
    code: 'description-vague',
    severity: 'rejected',
    words: 'A reviewer cannot tell from it who is texted and what about.',
    mend: 'Name who gets the texts (patients, people who call) and what they say (reminders, answers, confirmations).',
    find: ({ description }) =>
      at('/description', description.trim().length >= 40 && !(people.test(description) && about.test(description))),
  },
  {
    code: 'marketing-in-service-use-case',
    severity: 'rejected',
    words: 'This use case is for service alone, and these words are an offer.',
    mend: 'Choose MIXED, LOW_VOLUME or MARKETING, or take the offer out.',
    find: (campaign) => {
      if (campaign.usecase !== 'CUSTOMER_CARE' && campaign.usecase !== 'ACCOUNT_NOTIFICATION') return [];
      return [
        ...at('/description', holdsMarketing(campaign.description)),
        ...among('/samples', campaign.samples, holdsMarketing),
        ...at('/optInMessage', holdsMarketing(campaign.optInMessage)),
      ];
    },
  },
  {
    code: 'marketing-without-marketing-sample',
    severity: 'risk',
    words: 'It is registered for marketing, and no sample is an offer.',
    mend: 'Show an offer as you would send it, or choose CUSTOMER_CARE.',
    find: ({ usecase, samples }) => at('/usecase', usecase === 'MARKETING' && !samples.some(holdsMarketing)),
  },
  {
    code: 'low-volume-exceeded',
    severity: 'rejected',
    words: `The clinic sends more than the ${lowVolumePerMonth} texts in a month that LOW_VOLUME is for.`,
    mend: 'Choose MIXED, which takes as many as the score of the brand allows.',
    find: ({ usecase }, { textsInMonth }) =>
      at('/usecase', usecase === 'LOW_VOLUME' && textsInMonth > lowVolumePerMonth),
  },
  {
    code: 'sole-proprietor-use-case',
    severity: 'rejected',
    words: 'A sole proprietor has the use case SOLE_PROPRIETOR and no other, and nobody else has it.',
    mend: 'Choose the use case that fits the brand.',
    find: ({ usecase }, { isSoleProprietor }) => at('/usecase', (usecase === 'SOLE_PROPRIETOR') !== isSoleProprietor),
  },
  {
    code: 'forbidden-content',
    severity: 'rejected',
    words:
      'Carriers take no texts about this, whoever sends them: prescription drugs, weight loss, cannabis, loans and the like.',
    mend: 'Take it out of the texts; speak of the visit or offer a consultation.',
    find: (_, { content }) => contentAt(content, 'forbidden'),
  },
  {
    code: 'age-gate-missing',
    severity: 'risk',
    words: 'Offers of this may go to adults alone, and the campaign says nothing of an age gate.',
    mend: 'Take it out; or ask people’s date of birth before they agree, and declare the age gate.',
    find: ({ ageGated }, { content }) =>
      ageGated ? [] : contentAt(content, 'age-restricted').map(({ pointer }) => ({ pointer })),
  },
  {
    code: 'age-gate-not-in-flow',
    severity: 'rejected',
    words: 'The campaign declares an age gate, and the message flow does not say how people show their age.',
    mend: 'Say where the date of birth is asked; or declare no age gate.',
    find: ({ ageGated, messageFlow }) =>
      at('/messageFlow', ageGated && !/\b(?:date of birth|birth ?date|birthday|age|18|21)\b/i.test(messageFlow)),
  },
  {
    code: 'content-like-spam',
    severity: 'risk',
    words: 'Carriers’ filters hold texts with such words for spam.',
    mend: 'Say it plainly, without shouting.',
    find: (_, { content }) => contentAt(content, 'style'),
  },
];
