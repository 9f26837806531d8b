import type { CampaignDetails } from '../../ports.ts';
import type { CampaignFacts } from './facts.ts';
import { among, at, type LintRule } from './lint.ts';
import {
  holdsLink,
  holdsMail,
  holdsPhone,
  namesTheClinic,
  saysFrequency,
  saysHelp,
  saysRates,
  saysStop,
} from './wording.ts';

const holds = (keywords: readonly string[], keyword: string) =>
  keywords.some((each) => each.trim().toUpperCase() === keyword);

/** The three messages that every campaign answers with, and the words that call for them. */
export const messageRules: readonly LintRule<CampaignDetails, CampaignFacts>[] = [
  {
    code: 'message-too-short',
    severity: 'rejected',
    words: 'The registry wants at least twenty characters.',
    mend: 'Write the whole message.',
    find: (campaign) =>
      (['optInMessage', 'optOutMessage', 'helpMessage'] as const).flatMap((message) =>
        at(`/${message}`, campaign[message].trim().length < 20),
      ),
  },
  {
    code: 'message-without-brand',
    severity: 'rejected',
    words: 'The message does not say who sends it.',
    mend: 'Begin it with the name of the clinic as it is registered.',
    find: (campaign, facts) =>
      (['optInMessage', 'optOutMessage', 'helpMessage'] as const).flatMap((message) =>
        at(`/${message}`, !namesTheClinic(campaign[message], facts)),
      ),
  },
  {
    code: 'opt-in-without-frequency',
    severity: 'rejected',
    words: 'The message after somebody agreed does not say how often texts come.',
    mend: 'Add “Msg frequency varies.”',
    find: ({ optInMessage }) => at('/optInMessage', !saysFrequency(optInMessage)),
  },
  {
    code: 'opt-in-without-rates',
    severity: 'rejected',
    words: 'The message after somebody agreed does not say that texts may cost them something.',
    mend: 'Add “Msg & data rates may apply.”',
    find: ({ optInMessage }) => at('/optInMessage', !saysRates(optInMessage)),
  },
  {
    code: 'opt-in-without-stop',
    severity: 'rejected',
    words: 'The message after somebody agreed does not say how texts end.',
    mend: 'Add “Reply STOP to opt out.”',
    find: ({ optInMessage }) => at('/optInMessage', !saysStop(optInMessage)),
  },
  {
    code: 'opt-in-without-help',
    severity: 'rejected',
    words: 'The message after somebody agreed does not say how to get help.',
    mend: 'Add “Reply HELP for help.”',
    find: ({ optInMessage }) => at('/optInMessage', !saysHelp(optInMessage)),
  },
  {
    code: 'opt-out-without-end',
    severity: 'rejected',
    words: 'The message after STOP does not say that no more texts come.',
    mend: 'Add “You will get no more messages.”',
    find: ({ optOutMessage }) =>
      at(
        '/optOutMessage',
        !/\bno (?:more|further|longer)\b|\bunsubscribed\b|\bopted[- ]out\b|\bremoved\b|(?:\bnot|n['’]t) (?:be )?(?:get|receiv|text|send|sent|messag|contact)\w*|\bno (?:le |te )?(?:recibir|enviar|escribir|mandar)\p{L}* m[aá]s|\bde baja\b|\bha cancelado\b/iu.test(
          optOutMessage,
        ),
      ),
  },
  {
    code: 'help-without-contact',
    severity: 'rejected',
    words: 'The answer to HELP names no way to reach the clinic.',
    mend: 'Add a phone number, an e-mail address or the page for contact.',
    find: ({ helpMessage: help }) => at('/helpMessage', !(holdsPhone(help) || holdsMail(help) || holdsLink(help))),
  },
  {
    code: 'help-without-stop',
    severity: 'risk',
    words: 'The answer to HELP does not say how texts end.',
    mend: 'Add “Reply STOP to opt out.”',
    find: ({ helpMessage }) => at('/helpMessage', !saysStop(helpMessage)),
  },
  {
    code: 'keywords-without-stop',
    severity: 'rejected',
    words: 'STOP is not among the words that end texts.',
    mend: 'Give STOP, and best UNSUBSCRIBE, CANCEL, END and QUIT besides.',
    find: ({ optOutKeywords }) => at('/optOutKeywords', !holds(optOutKeywords, 'STOP')),
  },
  {
    code: 'keywords-without-help',
    severity: 'rejected',
    words: 'HELP is not among the words that ask for help.',
    mend: 'Give HELP, and INFO if you like.',
    find: ({ helpKeywords }) => at('/helpKeywords', !holds(helpKeywords, 'HELP')),
  },
  {
    code: 'keyword-malformed',
    severity: 'rejected',
    words: 'A keyword is one word of letters and digits.',
    mend: 'Leave out blanks, commas, marks and accents.',
    find: (campaign) =>
      (['optInKeywords', 'optOutKeywords', 'helpKeywords'] as const).flatMap((list) =>
        among(`/${list}`, campaign[list], (keyword) => !/^[A-Za-z0-9]{1,20}$/.test(keyword)),
      ),
  },
  {
    code: 'keyword-not-declared',
    severity: 'risk',
    words: 'People agree by texting a word, and no such word is given.',
    mend: 'Give the word among the keywords of agreeing, such as START.',
    find: ({ messageFlow, optInKeywords }) =>
      at(
        '/optInKeywords',
        optInKeywords.length === 0 && /\b(?:keyword|text(?:s|ing)? (?:the word|JOIN|START|YES))\b/i.test(messageFlow),
      ),
  },
];
