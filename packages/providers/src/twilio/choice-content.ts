import { createHash } from 'node:crypto';
import type { Choice, OutgoingText } from '@frontdesk/messaging/ports';

/** A content of Twilio with places for everything that is said, and what stands there this time. */
export type ChoiceContent = {
  /** The same for the same shape, whatever is said. */
  friendlyName: string;
  types: ContentTypes;
  /** Of the variables `{{1}}`, `{{2}}` in their order. */
  values: readonly string[];
};

export type ContentTypes =
  | { 'twilio/text': { body: string } }
  | { 'twilio/quick-reply': { body: string; actions: { type: 'QUICK_REPLY'; title: string; id: string }[] } }
  | {
      'twilio/list-picker': {
        body: string;
        button: string;
        items: { item: string; id: string; description?: string }[];
      };
    };

/** twilio.com/docs/content/twilio-quick-reply, …/twiliolist-picker, …/using-variables-with-content-api */
const mostButtons = 3;
const longestButton = 20;
const mostItems = 10;
const longestBody = 1_024;
const longestValue = 255;
const mostVariables = 100;

/** What opens the list on the person's phone. */
const listButton = 'Choose';

/**
 * Buttons, or a list where they do not fit. Words, titles and ids are variables: what people are told is not kept at Twilio as a
 * content, and a few dozen contents serve every text. Lines stay in the content, for a variable has one line and 255 characters.
 * UNVERIFIED: that the titles of buttons take variables as the rows of lists do, and that two variables may stand side by side.
 * Null when there is nothing to choose, or it fits in neither.
 */
export function choiceContent({ body, choices }: Pick<OutgoingText, 'body' | 'choices'>): ChoiceContent | null {
  if (choices.length === 0 || choices.length > mostItems || body === '' || body.length > longestBody) return null;
  const values: string[] = [];
  const place = (value: string) => `{{${values.push(value)}}}`;
  const words = bodyOf(body, place);
  const types = choices.every(fitsButton(choices.length))
    ? buttons(words, choices, place)
    : list(words, choices, place);
  if (values.length > mostVariables || values.some(({ length }) => length === 0 || length > longestValue)) return null;
  const shape = createHash('sha256').update(JSON.stringify(types)).digest('hex').slice(0, 32);
  return { friendlyName: `frontdesk_choices_${shape}`, types, values };
}

type Place = (value: string) => string;

const fitsButton =
  (count: number) =>
  ({ title, description }: Choice) =>
    count <= mostButtons && title.length <= longestButton && description === undefined;

function buttons(body: string, choices: readonly Choice[], place: Place): ContentTypes {
  const actions = choices.map(({ title, id }) => ({
    type: 'QUICK_REPLY' as const,
    title: place(title),
    id: place(id),
  }));
  return { 'twilio/quick-reply': { body, actions } };
}

function list(body: string, choices: readonly Choice[], place: Place): ContentTypes {
  const items = choices.map(({ title, id, description }) => ({
    item: place(title),
    id: place(id),
    ...(description !== undefined && { description: place(description) }),
  }));
  return { 'twilio/list-picker': { body, button: listButton, items } };
}

/** Each line as one variable, or as several where it is long. */
function bodyOf(body: string, place: Place): string {
  const lines = body.split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim());
  return lines.map((line) => piecesOf(line).map(place).join(' ')).join('\n');
}

/** Cut between words. */
function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  for (const word of line.split(' ').filter((each) => each !== '')) {
    const joined = `${pieces.at(-1) ?? ''} ${word}`;
    if (pieces.length > 0 && joined.length <= longestValue) pieces.splice(-1, 1, joined);
    else pieces.push(word);
  }
  return pieces;
}
