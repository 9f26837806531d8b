import type { TemplateContent } from './template.ts';

/** What a ready-made template says, with the names of the values where they stand: `{clinic}`. */
export type ReadyMadeBody = { kind: string; category: TemplateContent['category']; body: string };
