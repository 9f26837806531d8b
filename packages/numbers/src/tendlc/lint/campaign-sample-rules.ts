import type { CampaignDetails } from '../../ports.ts';
import type { CampaignFacts } from './facts.ts';
import { among, at, contentAt, type LintRule } from './lint.ts';
import { holdsLink, holdsPhone, holdsPlaceholder, namesTheClinic, saysHelp, saysStop } from './wording.ts';

/** The texts that the reviewers are shown. */
export const sampleRules: readonly LintRule<CampaignDetails, CampaignFacts>[] = [
  {
    code: 'samples-too-few',
    severity: 'rejected',
    words: 'Reviewers want to see at least two texts.',
    mend: 'Give two to five texts as you would send them.',
    find: ({ samples }) => at('/samples', samples.length < 2),
  },
  {
    code: 'sample-too-short',
    severity: 'rejected',
    words: 'The registry wants at least twenty characters of each sample.',
    mend: 'Give the whole text as you would send it.',
    find: ({ samples }) => among('/samples', samples, (sample) => sample.trim().length < 20),
  },
  {
    code: 'samples-alike',
    severity: 'risk',
    words: 'This sample is the same as another.',
    mend: 'Show another kind of text: a reminder, an answer, a confirmation.',
    find: ({ samples }) =>
      samples.flatMap((sample, index) =>
        at(
          `/samples/${index}`,
          samples.findIndex((other) => other.trim().toLowerCase() === sample.trim().toLowerCase()) < index,
        ),
      ),
  },
  {
    code: 'sample-without-brand',
    severity: 'rejected',
    words: 'The text does not say who sends it.',
    mend: 'Begin it with the name of the clinic as it is registered.',
    find: ({ samples }, facts) => among('/samples', samples, (sample) => !namesTheClinic(sample, facts)),
  },
  {
    code: 'samples-without-stop',
    severity: 'rejected',
    words: 'No sample says how texts end.',
    mend: 'End at least one with “Reply STOP to opt out.”',
    find: ({ samples }) => at('/samples', !samples.some(saysStop)),
  },
  {
    code: 'samples-without-help',
    severity: 'risk',
    words: 'No sample says how to get help.',
    mend: 'End one with “Reply HELP for help, STOP to opt out.”',
    find: ({ samples }) => at('/samples', !samples.some(saysHelp)),
  },
  {
    code: 'sample-placeholder',
    severity: 'risk',
    words: 'The text holds a place for a value instead of an example of it, which some reviewers turn away.',
    mend: 'Write it as a patient would read it: “Hi Ana, your visit is on Tuesday at 10:00.”',
    find: ({ samples }) => among('/samples', samples, holdsPlaceholder),
  },
  {
    code: 'sample-shortener',
    severity: 'rejected',
    words: 'Carriers hold back links of public shorteners.',
    mend: 'Give the full address of a page of the clinic.',
    find: (_, { content }) => contentAt(content, 'shortener'),
  },
  {
    code: 'sample-link-undeclared',
    severity: 'rejected',
    words: 'The text holds a link, and the campaign says that its texts hold none.',
    mend: 'Declare links (embeddedLink), or take this one out.',
    find: ({ samples, embeddedLink }) => (embeddedLink ? [] : among('/samples', samples, holdsLink)),
  },
  {
    code: 'sample-phone-undeclared',
    severity: 'rejected',
    words: 'The text holds a phone number, and the campaign says that its texts hold none.',
    mend: 'Declare phone numbers (embeddedPhone), or take this one out.',
    find: ({ samples, embeddedPhone }) => (embeddedPhone ? [] : among('/samples', samples, holdsPhone)),
  },
  {
    code: 'link-declared-without-sample',
    severity: 'rejected',
    words: 'The campaign says that its texts hold links, and no sample shows one.',
    mend: 'Show a text with a link as you would send it, or declare none.',
    find: ({ samples, embeddedLink }) => at('/embeddedLink', embeddedLink && !samples.some(holdsLink)),
  },
  {
    code: 'phone-declared-without-sample',
    severity: 'risk',
    words: 'The campaign says that its texts hold phone numbers, and no sample shows one.',
    mend: 'Show a text with the clinic’s number, or declare none.',
    find: ({ samples, embeddedPhone }) => at('/embeddedPhone', embeddedPhone && !samples.some(holdsPhone)),
  },
];
