import { z } from 'zod';
import type { TwilioContent } from './content-book.ts';

/** Something that the person can tap. */
export interface TwilioChoice {
  id: string;
  title: string;
  description?: string;
}

/** A content with the values of its variables. */
export interface FilledContent {
  text: string;
  choices: readonly TwilioChoice[];
  /** What opens the choices, when they are a list. */
  listLabel: string | null;
  /** Of its variables, as they were given. */
  values: readonly string[];
}

const variablesSchema = z.record(z.string(), z.string());
const said = z.object({
  'twilio/text': z.object({ body: z.string() }).optional(),
  'twilio/quick-reply': z
    .object({ body: z.string(), actions: z.array(z.object({ title: z.string(), id: z.string().optional() })) })
    .optional(),
  'twilio/list-picker': z
    .object({
      body: z.string(),
      button: z.string(),
      items: z.array(z.object({ item: z.string(), id: z.string(), description: z.string().optional() })),
    })
    .optional(),
});

/** Null when the variables cannot be read, or one has no value. */
export function fillContent({ types, variables }: TwilioContent, given: string | null): FilledContent | null {
  const values = valuesIn(given);
  if (values === null) return null;
  let isWhole = true;
  const fill = (text: string) =>
    text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const value = values[name] ?? variables[name] ?? '';
      if (value === '') isWhole = false;
      return value;
    });
  const filled = fillEach(said.parse(types), fill);
  return isWhole ? { ...filled, values: Object.values(values) } : null;
}

function fillEach(content: z.infer<typeof said>, fill: (text: string) => string): Omit<FilledContent, 'values'> {
  const { 'twilio/text': text, 'twilio/quick-reply': buttons, 'twilio/list-picker': list } = content;
  if (list !== undefined) {
    const choices = list.items.map(({ item, id, description }) => ({
      id: fill(id),
      title: fill(item),
      ...(description !== undefined && { description: fill(description) }),
    }));
    return { text: fill(list.body), choices, listLabel: fill(list.button) };
  }
  if (buttons !== undefined) {
    const choices = buttons.actions.map(({ title, id = title }) => ({ id: fill(id), title: fill(title) }));
    return { text: fill(buttons.body), choices, listLabel: null };
  }
  return { text: fill(text?.body ?? ''), choices: [], listLabel: null };
}

function valuesIn(given: string | null): Record<string, string> | null {
  if (given === null) return {};
  try {
    return variablesSchema.parse(JSON.parse(given));
  } catch {
    return null;
  }
}
