import { z } from 'zod';
import type { ToolDefinition } from '../ports.ts';
import { dayNames } from '../understanding/preferred-days.ts';

const clock = z
  .string()
  .regex(/^([01]?\d|2[0-4]):[0-5]\d$/)
  .describe('HH:MM, 24 hours');
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe('YYYY-MM-DD');

/** What each tool takes. A call that does not fit is answered with what is wrong, never run. */
export const toolInputs = {
  look_up_facts: z.object({ question: z.string().min(1).max(500) }),
  save_details: z.object({
    first_name: z.string().max(80).optional(),
    service: z.string().max(120).optional(),
    patient_type: z.enum(['new', 'returning']).optional(),
    days: z.array(z.enum(dayNames)).max(7).optional(),
    from_time: clock.optional(),
    until_time: clock.optional(),
    any_time: z.boolean().optional(),
  }),
  find_times: z.object({ from_date: date.optional(), until_date: date.optional() }),
  hold_time: z.object({ time_id: z.string().min(1).max(80) }),
  offer_deposit: z.object({}),
  hand_over: z.object({ reason: z.string().max(500) }),
  note_wish_for_no_texts: z.object({ quote: z.string().min(2).max(500) }),
} as const;

export type ToolName = keyof typeof toolInputs;

const descriptions: Record<ToolName, string> = {
  look_up_facts:
    "Looks up what the clinic says about itself: prices, policies, parking, who performs what, after-care. Ask in the person's own words.",
  save_details:
    'Saves what the person told about themselves in their own words: first name, service, new or returning, days and times that suit. Give only what they said. Returns what is still to be learnt.',
  find_times:
    'Finds times that really are free for what was saved. Give dates only when the person named some. The result replaces what was offered before.',
  hold_time: 'Holds one offered time for the person while the booking is completed. Takes its time_id.',
  offer_deposit:
    'Call it after a time is held. Returns the question to put to the person; their answer is read by the desk.',
  hand_over: 'Hands the conversation to a person of the team. The desk then falls silent.',
  note_wish_for_no_texts:
    'Call it when a text says, in whatever words, that they want no more texts from the clinic at all. Takes the words of that text that say so, exactly. No text leaves to them any more; the desk confirms it. Not for a visit to cancel, a treatment to stop, or another time or way to be reached.',
};

export const toolDefinitions: readonly ToolDefinition[] = Object.entries(toolInputs).map(([name, schema]) => {
  const { $schema: _, ...inputSchema } = z.toJSONSchema(schema);
  return { name, description: descriptions[name as ToolName], inputSchema }; // the keys of toolInputs are the names
});
