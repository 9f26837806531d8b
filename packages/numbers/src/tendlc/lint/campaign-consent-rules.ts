import type { CampaignDetails } from '../../ports.ts';
import type { CampaignFacts } from './facts.ts';
import { belongTogether, hostOf, looksReachable } from './hosts.ts';
import { at, isBlank, type LintRule } from './lint.ts';
import { asserts, holdsLink } from './wording.ts';

const where =
  /\b(?:web ?site|web ?page|page|form|online|booking|check-?out|kiosk|in[- ]person|front desk|reception|paper|intake|phone|call(?:s|ing|ed)?|verbal(?:ly)?|texts? (?:us|the|our|to)|texting|keyword|sms|p[aá]gina|sitio|formulario|en l[ií]nea|recepci[oó]n|papel|llama\w*|mensajes? de texto|nos escriben)\b|https?:/i;
const how =
  /\b(?:agrees?|consents?|opts?[- ]?in|opting in|ticks?|checks?|checking|check ?box(?:es)?|signs?|submits?|requests?|confirms?|asks?|texting|texts? (?:us|the|our|to)|replies|repl(?:y|ying) yes|says? yes|acepta\w*|autoriza\w*|marcan?|casilla|firman?|env[ií]an?|escriben|responden|solicitan?)(?![\p{L}])/iu;
const online = /\b(?:web ?site|web ?page|online|web form|booking page|landing page)\b/i;

const isBadUrl = (url: string) => {
  const host = hostOf(url);
  return host === null || !looksReachable(host) || !/^https?:/i.test(url.trim());
};

/** How people come to agree, and what they are told of their data. */
export const consentRules: readonly LintRule<CampaignDetails, CampaignFacts>[] = [
  {
    code: 'flow-too-short',
    severity: 'rejected',
    words: 'The registry wants at least forty characters about how people come to agree to texts.',
    mend: 'Describe it step by step: where they are asked, what stands there, what they do.',
    find: ({ messageFlow }) => at('/messageFlow', messageFlow.trim().length < 40),
  },
  {
    code: 'flow-without-where',
    severity: 'rejected',
    words: 'It does not say where people agree.',
    mend: 'Name the place: the booking page with its address, the paper at the front desk, the text that they send first.',
    find: ({ messageFlow }) => at('/messageFlow', messageFlow.trim().length >= 40 && !where.test(messageFlow)),
  },
  {
    code: 'flow-without-how',
    severity: 'rejected',
    words: 'It does not say what people do to agree.',
    mend: 'Say it: they tick a box that was empty, sign a paper, text first.',
    find: ({ messageFlow }) => at('/messageFlow', messageFlow.trim().length >= 40 && !how.test(messageFlow)),
  },
  {
    code: 'opt-in-page-missing',
    severity: 'rejected',
    words: 'People agree on a page of the web, and the reviewer is not told which.',
    mend: 'Give the full address of the page with the box; if it needs a login, that of a picture of it.',
    find: ({ messageFlow }) => at('/messageFlow', online.test(messageFlow) && !holdsLink(messageFlow)),
  },
  {
    code: 'flow-shares-consent',
    severity: 'rejected',
    words: 'Consent to texts may not be passed on or bought.',
    mend: 'Say that numbers and consent are shared with nobody for marketing, and see that the privacy policy says so.',
    find: ({ messageFlow }) => at('/messageFlow', sharesConsent(messageFlow)),
  },
  {
    code: 'privacy-policy-missing',
    severity: 'rejected',
    words: 'Without the address of a privacy policy no carrier takes a campaign.',
    mend: 'Give the page’s address. It must say that mobile numbers are not shared with others for marketing.',
    find: ({ privacyPolicyUrl }) => at('/privacyPolicyUrl', isBlank(privacyPolicyUrl)),
  },
  {
    code: 'privacy-policy-unreachable',
    severity: 'rejected',
    words: 'This address does not look like a page that a reviewer can open.',
    mend: 'Give the full address as it stands in the browser, with https://.',
    find: ({ privacyPolicyUrl }) => at('/privacyPolicyUrl', !isBlank(privacyPolicyUrl) && isBadUrl(privacyPolicyUrl)),
  },
  {
    code: 'privacy-policy-on-other-host',
    severity: 'risk',
    words: 'The privacy policy stands on another website than the clinic’s; reviewers ask whose it is.',
    mend: 'Put it on the clinic’s own website, or see that it names the clinic.',
    find: ({ privacyPolicyUrl }, { website }) => {
      const [policy, site] = [hostOf(privacyPolicyUrl), hostOf(website)];
      return at('/privacyPolicyUrl', policy !== null && site !== null && !belongTogether(policy, site));
    },
  },
  {
    code: 'privacy-policy-is-front-page',
    severity: 'risk',
    words: 'This is the front page; reviewers look for the policy itself.',
    mend: 'Give the address of the page with the policy.',
    find: ({ privacyPolicyUrl: url }) => at('/privacyPolicyUrl', !isBlank(url) && !isBadUrl(url) && isFrontPage(url)),
  },
  {
    code: 'terms-missing',
    severity: 'rejected',
    words: 'Without the address of terms of service no carrier takes a campaign.',
    mend: 'Give the page’s address. It names the clinic, says what texts come and how often, that rates may apply, and STOP and HELP.',
    find: ({ termsUrl }) => at('/termsUrl', isBlank(termsUrl)),
  },
  {
    code: 'terms-unreachable',
    severity: 'rejected',
    words: 'This address does not look like a page that a reviewer can open.',
    mend: 'Give the full address as it stands in the browser, with https://.',
    find: ({ termsUrl }) => at('/termsUrl', !isBlank(termsUrl) && isBadUrl(termsUrl)),
  },
  {
    code: 'condition-of-purchase',
    severity: 'risk',
    words: 'For offers, reviewers look for the sentence that nobody has to agree in order to buy.',
    mend: 'Add: “Consent is not a condition of purchase.”',
    find: ({ usecase, messageFlow }) =>
      at(
        '/messageFlow',
        usecase === 'MARKETING' && !/\bnot\b[^.]{0,30}\bcondition|\bnot required\b|\boptional\b/i.test(messageFlow),
      ),
  },
];

/** To others, or from them; that people share their number with the clinic, or have bought a treatment, is no harm. */
const sharing: readonly RegExp[] = [
  /\b(?:shar(?:e|es|ed|ing)|giv(?:e|es|en|ing)|pass(?:es|ed|ing)?|disclos\w+|provid(?:e|es|ed|ing)|s(?:ell|ells|old|elling)|rent\w*)\b.*\b(?:with|to)\b.*\b(?:third[- ]part(?:y|ies)|affiliates?|partners?|advertisers?|other (?:companies|businesses|clinics))\b/i,
  /\b(?:numbers?|data|consents?|information|lists?|leads?|contacts?)\b (?:\w+ ){0,2}(?:sold|rented|bought|purchased)\b/i,
  /\b(?:sell|sells|selling|sold|rent|rents|buy|buys|buying|bought|purchased?)\b (?:\w+ ){0,3}(?:numbers?|data|consents?|information|lists?|leads?|contacts?)\b/i,
];
const sharesConsent = (flow: string): boolean => sharing.some((claim) => asserts(flow, claim));

function isFrontPage(url: string): boolean {
  const { pathname, hash, search } = new URL(url.trim());
  return pathname === '/' && hash === '' && search === '';
}
