import type { CampaignFacts } from './facts.ts';

const plain = (text: string) =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** What companies have behind their name by law, and nobody says in a text. */
const legalEnding =
  /[\s,]+(?:p?\.?l\.?l\.?c|inc|incorporated|corp|corporation|co|ltd|limited|l\.?l\.?p|p\.?c|p\.?a)\.?\s*$/i;

/** Whether a text says who sends it, by one of the names without its legal ending. */
export const namesTheClinic = (text: string, { names }: Pick<CampaignFacts, 'names'>): boolean =>
  names.map((name) => plain(name.replace(legalEnding, ''))).some((name) => name !== '' && plain(text).includes(name));

const sentencesOf = (text: string) => text.split(/[.!?;]\s/);
const denies = /\b(?:not|never|no|nobody|none|without|neither|nunca|nadie|sin)\b|n['’]t\b/i;

/** Whether a sentence of the text says so, and does not deny it. */
export const asserts = (text: string, claim: RegExp): boolean =>
  sentencesOf(text).some((sentence) => claim.test(sentence) && !denies.test(sentence));

export const saysStop = (text: string): boolean => /\b(?:STOP|UNSUBSCRIBE|OPT[ -]?OUT)\b/i.test(text);
export const saysHelp = (text: string): boolean => /\b(?:HELP|AYUDA)\b/i.test(text);
export const saysRates = (text: string): boolean =>
  /\b(?:msg|message|text)s?\b[^.]{0,20}\bdata rates?\b|\b(?:tarifas?|cargos?)\b[^.]{0,30}\bdatos\b/i.test(text);
export const saysFrequency = (text: string): boolean =>
  /\b(?:msg|message|text)s?\b[^.]{0,25}\b(?:frequency|freq|varies|vary)|frequency (?:varies|may vary)|\b(?:up to )?\d+ (?:msg|message|text)s?\b[^.]{0,20}\b(?:day|week|month|visit|appointment)|\brecurring\b|\bfrecuencia\b[^.]{0,30}\b(?:var[ií]a|variable)|\b(?:hasta )?\d+ mensajes\b[^.]{0,20}\b(?:d[ií]a|semana|mes|cita)/i.test(
    text,
  );

const endings =
  'com|net|org|io|co|us|biz|info|link|app|site|shop|store|page|online|clinic|health|med|spa|care|dev|ly|me';
const link = new RegExp(`https?://\\S+|(?<![@\\w.-])(?:[a-z0-9-]+\\.)+(?:${endings})(?![\\w@-])(?:/\\S*)?`, 'i');
export const holdsLink = (text: string): boolean => link.test(text);

const phone =
  /(?<![\w/.-])(?:\+?1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])\d{3}[\s.-]\d{4}\b|\+1\d{10}\b|(?<!\d)[2-9]\d{9}(?!\d)/;
export const holdsPhone = (text: string): boolean => phone.test(text);

export const holdsMail = (text: string): boolean => /[^\s@]+@[^\s@]+\.[a-z]{2,}/i.test(text);

/** What a template leaves where a value was to stand. */
export const holdsPlaceholder = (text: string): boolean =>
  /\[[^\]]*\]|\{[^}]*\}|<[a-z][^>]*>|\bx{3,}\b|%[sd]\b|lorem ipsum|\b(?:insert|your) (?:name|clinic|business|link|text) here\b/i.test(
    text,
  );

/** Words of offers, which only a campaign for marketing may send. */
export const holdsMarketing = (text: string): boolean =>
  asserts(
    text,
    /\b(?:\d{1,2}\s?% off|discounts?|coupons?|promo(?:s|tions?|tional|\s?codes?)?|special offers?|specials?|(?<!point of )sale|deals?(?! with)|save \$?\d+|free (?:gift|syringe|session|treatment|consultation)|buy (?:one|two|\d)|refer a friend|limited[- ]time|last chance|marketing|newsletters?|descuentos?|ofertas?|promoci(?:[oó]n|ones)|rebajas?)(?![\p{L}])/iu,
  );
