import type { TemplateStanding } from '@frontdesk/messaging/ports';

const categories = new Map<string, TemplateStanding['category']>([
  ['UTILITY', 'utility'],
  ['MARKETING', 'marketing'],
]);

/** WhatsApp's word for the category of a template. Null: it says none, or one that the desk writes no templates of. */
export const categoryOf = (told: string | null | undefined): TemplateStanding['category'] =>
  categories.get(told?.toUpperCase() ?? '') ?? null;
