import type { CarrierName } from '@frontdesk/contracts';
import type { Id } from '@frontdesk/kernel';
import type { Choice, OutgoingTemplate } from '../ports.ts';
import { longestBody } from '../templates/longest-body.ts';
import type { TextClass } from '../text-class.ts';
import { sayInLanguage } from './say-in-language.ts';

/** An approved template of the clinic. */
export type ApprovedTemplate = {
  id: Id;
  provider: CarrierName;
  /** Meta's business account; for Twilio, the account. */
  account: string;
  externalId: string;
  name: string;
  /** As Meta writes it: `en_US`. */
  language: string;
  category: 'utility' | 'marketing';
  kinds: readonly string[];
  /** With `{{1}}`, `{{2}}` where the values stand. */
  body: string;
  valueNames: readonly string[];
  choices: readonly Choice[];
  approvedAt: Temporal.Instant;
};

/** Who is to send it. */
export type TemplateSender = {
  provider: CarrierName;
  /** Null where the desk's own account is the only one there is. */
  account: string | null;
};

/** What a template is to say. */
export type TextToSay = {
  class: TextClass;
  kind: string;
  values: Readonly<Record<string, string>>;
  /** No template holds a picture. */
  hasMedia: boolean;
  /** The languages to say it in, the best first: `es`, `en`. */
  languages: readonly string[];
};

/** A template with what it says of a text. */
export type ChosenTemplate = OutgoingTemplate & { id: Id; body: string };

/**
 * The template that may stand in for a text, if there is one: approved for this sender and this kind of text, of the category of its
 * class, with nothing to say that the text has no value for, and not too long with its values. The best language first, then what says most, then the newest.
 */
export function chooseTemplate(
  text: TextToSay,
  sender: TemplateSender,
  templates: readonly ApprovedTemplate[],
): ChosenTemplate | null {
  if (text.hasMedia) return null;
  const category = text.class === 'marketing' ? 'marketing' : 'utility';
  const [best] = templates
    .filter(
      (template) =>
        template.provider === sender.provider &&
        (sender.account === null || template.account === sender.account) &&
        template.category === category &&
        template.kinds.includes(text.kind) &&
        rankOf(template, text.languages) !== null &&
        template.valueNames.every((name) => valueOf(text, name) !== '') &&
        filled(template, text).body.length <= longestBody,
    )
    .toSorted(
      (one, other) =>
        Number(rankOf(one, text.languages)) - Number(rankOf(other, text.languages)) ||
        other.valueNames.length - one.valueNames.length ||
        Temporal.Instant.compare(other.approvedAt, one.approvedAt) ||
        (one.id < other.id ? -1 : 1),
    );
  return best === undefined ? null : filled(best, text);
}

/** Which of the languages a template speaks: `en_US` and `en_GB` speak `en`. Null: none of them. */
function rankOf({ language }: Pick<ApprovedTemplate, 'language'>, languages: readonly string[]): number | null {
  const rank = languages.indexOf(spokenBy({ language }));
  return rank === -1 ? null : rank;
}

const spokenBy = ({ language }: Pick<ApprovedTemplate, 'language'>): string =>
  (language.split(/[-_]/)[0] ?? '').toLowerCase();

function filled(template: ApprovedTemplate, text: TextToSay): ChosenTemplate {
  const { id, externalId, name, language, choices } = template;
  const values = template.valueNames.map((each) => sayInLanguage(each, valueOf(text, each), spokenBy(template)));
  const body = template.body.replaceAll(/\{\{(\d+)\}\}/g, (_, place) => values[Number(place) - 1] ?? '');
  return { id, externalId, name, language, values, choices, body };
}

/** A value as WhatsApp takes it: on one line, without more than one space. Empty when the text has none. */
function valueOf({ values }: TextToSay, name: string): string {
  return Object.hasOwn(values, name) ? (values[name] ?? '').replaceAll(/\s+/g, ' ').trim() : '';
}
