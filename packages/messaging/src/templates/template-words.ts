import type { TemplateStanding } from '../ports.ts';
import type { Template } from './template.ts';

/** What the providers' words for a rejection mean, and what to do. Meta's are from its page on template review. */
const rejections: Readonly<Record<string, string>> = {
  ABUSIVE_CONTENT: 'Meta found threats, insults or content that its policy forbids. Write it anew without them.',
  INVALID_FORMAT: 'Meta could not read its form: values, examples or language. Write it anew and look at these.',
  PROMOTIONAL: 'Meta takes it for an advertisement. Write it anew as marketing, or leave the advertisement out.',
  TAG_CONTENT_MISMATCH: 'What it says does not fit its category or language. Write it anew with the right ones.',
  INCORRECT_CATEGORY: 'What it says does not fit its category. Write it anew with the other category.',
  SCAM: 'Meta takes it for a fraud. Say plainly who writes and why, and ask for no secrets or money.',
};

const anew = 'Write it anew under another name, and submit that.';

/** Why a template may not be used and what to do, in words for people. Null: it may. */
export function standingWords(
  { state, reason }: Pick<TemplateStanding, 'state' | 'reason'>,
  told: readonly string[],
): string | null {
  const said = [...new Set([reason ?? '', ...told])].filter((words) => words !== '');
  switch (state) {
    case 'submitted':
    case 'approved':
      return null;
    case 'rejected': {
      const known = said.find((words) => Object.hasOwn(rejections, words));
      const rest = said.filter((words) => words !== known).join(' ');
      const why = [known === undefined ? '' : (rejections[known] ?? ''), rest]
        .filter((words) => words !== '')
        .join(' ');
      return `It was rejected. ${why === '' ? 'No reason was given.' : asSentence(why)} ${anew}`;
    }
    case 'paused':
      return sentences(
        'It is paused, since people blocked or reported it.',
        said,
        'It comes back by itself; look at what it says and how often it leaves.',
      );
    case 'disabled':
      return sentences('The provider has disabled it for good.', said, anew);
  }
}

/** What staff are told when the provider takes a template for something else than it was written as. */
export function recategorised(
  { name, language }: Pick<Template, 'name' | 'language'>,
  now: Template['category'],
): string {
  const template = `The WhatsApp template ${name} (${language})`;
  return now === 'marketing'
    ? `${template} counts as marketing now: it leaves only to people who agreed to advertisements, and stands in for no reminder or confirmation. If it advertises nothing, ask for a review in WhatsApp Manager; else write it anew without the advertisement, under another name.`
    : `${template} counts as utility now: it stands in for no advertisement any more. Write one anew for those.`;
}

export const nameTaken = `The account has another template of this name already, which somebody else wrote. ${anew}`;
export const goneAtProvider = `It was deleted at the provider. ${anew}`;
export const retired = 'The clinic has retired it.';

function sentences(first: string, said: readonly string[], last: string): string {
  return [first, ...said.map((words) => asSentence(words)), last].join(' ');
}

const asSentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`);
