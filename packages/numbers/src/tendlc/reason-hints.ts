import { brandRules } from './lint/brand-rules.ts';
import { campaignRules } from './lint/check.ts';

/** A reason of the registry, and what our own list of reasons says about it where it knows it. */
export type ExplainedReason = { reason: string; code: string | null; mend: string | null };

type Hint = readonly [words: RegExp, code: string];

/** The first that fits counts. The registry's words change; what fits nothing is shown as it is. */
const brandHints: readonly Hint[] = [
  [/\bein\b.*(?:use|exist|duplicate|already)|duplicate/i, 'ein-reused'],
  [/sole prop/i, 'sole-proprietor-with-ein'],
  [/\bmobile\b.*(?:us(?:ed|e)|limit|many|exceed)|\botp\b/i, 'sole-proprietor-without-mobile'],
  [/\bmobile\b/i, 'sole-proprietor-mobile-unreachable'],
  // A name that does not go with its EIN is wrong more often than the EIN is.
  [/legal (?:company )?name|company name|name mismatch/i, 'legal-name-is-nickname'],
  [/\b(?:ein|tax ?id|tax identification)\b/i, 'ein-malformed'],
  [/e-?mail/i, 'email-domain-differs'],
  [/p\.?o\.? box|post office/i, 'address-po-box'],
  [/address|postal|zip/i, 'address-incomplete'],
  [/social|facebook|instagram/i, 'website-social-page'],
  [/website|url|domain/i, 'website-unreachable'],
  [/stock/i, 'public-company-without-stock'],
  [/vertical|industry/i, 'vertical-not-healthcare'],
];

const campaignHints: readonly Hint[] = [
  [/privacy policy/i, 'privacy-policy-unreachable'],
  [/terms (?:of service|(?:and|&) conditions)/i, 'terms-unreachable'],
  [/opt[- ]?in message.*\bhelp\b|\bhelp\b.*opt[- ]?in message/i, 'opt-in-without-help'],
  [/opt[- ]?in message.*(?:\bstop\b|opt[- ]?out)|(?:\bstop\b|opt[- ]?out).*opt[- ]?in message/i, 'opt-in-without-stop'],
  [
    /(?:opt[- ]?(?:in|out)|help) message.*(?:brand|business|company)|(?:brand|business|company).*(?:opt[- ]?(?:in|out)|help) message/i,
    'message-without-brand',
  ],
  [/lead gen|debt|affiliate|high[- ]risk|payday|crypto/i, 'forbidden-content'],
  [/third[- ]part|shar(?:e|es|ing) .*(?:consent|number|data)/i, 'flow-shares-consent'],
  [
    /opt[- ]?in (?:page|url|link|form|website)|(?:page|form|website).*(?:not|un)\s?(?:reach|access|verif|work)/i,
    'opt-in-page-missing',
  ],
  [
    /call[- ]to[- ]action|\bcta\b|message ?flow|opt[- ]?in (?:workflow|process|method)|how .*(?:consent|opt)/i,
    'flow-without-how',
  ],
  [/sample.*(?:brand|business|company) ?name|(?:brand|business|company) ?name.*sample/i, 'sample-without-brand'],
  [/sample.*(?:opt[- ]?out|stop)|(?:opt[- ]?out|stop).*sample/i, 'samples-without-stop'],
  [/shorten|bit\.?ly|tinyurl/i, 'sample-shortener'],
  [/sample.*(?:link|url)|(?:link|url).*sample|embedded ?link/i, 'sample-link-undeclared'],
  [/sample.*phone|embedded ?phone/i, 'sample-phone-undeclared'],
  [/sample.*use ?case|use ?case.*sample/i, 'marketing-in-service-use-case'],
  [/sample/i, 'samples-too-few'],
  [/frequency/i, 'opt-in-without-frequency'],
  [/data rates|\brates\b/i, 'opt-in-without-rates'],
  [/help (?:message|keyword|response)|\bHELP\b/, 'help-without-contact'],
  [/opt[- ]?out|\bSTOP\b/i, 'opt-out-without-end'],
  [/age[- ]?gat/i, 'age-gate-missing'],
  [/shaft|cannabis|prohibited|disallowed|forbidden|weight loss|prescription|gambling|loan/i, 'forbidden-content'],
  [/use ?case|marketing|promotion/i, 'marketing-in-service-use-case'],
  [/opt[- ]?in|consent/i, 'flow-without-how'],
  [/description|vague|unclear/i, 'description-vague'],
  [/website|\burl\b/i, 'opt-in-page-missing'],
];

const mends = new Map([...brandRules, ...campaignRules].map(({ code, mend }) => [code, mend]));

const explain =
  (hints: readonly Hint[]) =>
  (reasons: readonly string[]): ExplainedReason[] =>
    reasons.map((reason) => {
      const code = hints.find(([words]) => words.test(reason))?.[1] ?? null;
      return { reason, code, mend: code === null ? null : (mends.get(code) ?? null) };
    });

export const explainBrandReasons = explain(brandHints);
export const explainCampaignReasons = explain(campaignHints);

/** All codes that reasons are traced back to. */
export const hintedCodes: readonly string[] = [...brandHints, ...campaignHints].map(([, code]) => code);

/** For the list of tasks: the reasons, each with what to do where that is known. */
export const inOneLine = (reasons: readonly ExplainedReason[]): string =>
  reasons.map(({ reason, mend }) => (mend === null ? reason : `${reason} — ${mend}`)).join(' | ');
