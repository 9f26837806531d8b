import { assertMayLeave, TransientFailure } from '@frontdesk/kernel';
import type { TemplateRegistry, TemplateStanding, TemplateToApprove } from '@frontdesk/messaging/ports';
import { z } from 'zod';
import { categoryOf } from '../template-category.ts';
import { demandGraph } from './graph-failure.ts';
import type { GraphSettings } from './graph.ts';

export type MetaTemplateSettings = GraphSettings & {
  /** The token for a business account. */
  tokenOf: (account: string) => Promise<string>;
};

const templateSchema = z.object({
  id: z.string(),
  name: z.string(),
  language: z.string(),
  status: z.string(),
  category: z.string().nullish(),
  rejected_reason: z.string().nullish(),
});
const pageSchema = z.object({
  data: z.array(templateSchema),
  paging: z.object({ next: z.string().optional(), cursors: z.object({ after: z.string() }).optional() }).optional(),
});
const submittedSchema = templateSchema.omit({ name: true, language: true });

/** Names are filtered by what they contain, so that others come along. */
const mostPages = 20;

/** Meta's list of the templates of a business account. */
export function metaTemplates({ tokenOf, ...settings }: MetaTemplateSettings): TemplateRegistry {
  return {
    provider: 'meta',

    async find({ account, name, language }) {
      assertMayLeave('look for a template at Meta');
      const token = await tokenOf(account);
      let after: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        const answer = await demandGraph('list templates', settings, {
          method: 'GET',
          path: [account, 'message_templates'],
          token,
          query: {
            name,
            fields: 'id,name,language,status,category,rejected_reason',
            limit: '100',
            ...(after !== undefined && { after }),
          },
        });
        const { data, paging } = read(pageSchema, answer);
        const found = data.find((template) => template.name === name && template.language === language);
        if (found !== undefined) return goneStates.includes(found.status) ? null : standingOf(found);
        after = paging?.next === undefined ? undefined : paging.cursors?.after;
        if (after === undefined) return null;
      }
      throw new TransientFailure('Meta lists more templates than can be looked through');
    },

    async submit(template) {
      assertMayLeave('submit a template to Meta');
      const answer = await demandGraph('take a template', settings, {
        method: 'POST',
        path: [template.account, 'message_templates'],
        token: await tokenOf(template.account),
        json: submissionOf(template),
      });
      return standingOf(read(submittedSchema, answer));
    },

    // With the id one language goes; the name alone would take all of them.
    async remove({ account, name, externalId }) {
      assertMayLeave('delete a template at Meta');
      await demandGraph('delete a template', settings, {
        method: 'DELETE',
        path: [account, 'message_templates'],
        token: await tokenOf(account),
        query: { name, hsm_id: externalId },
      });
    },
  };
}

function submissionOf({ name, language, category, body, examples, choices }: TemplateToApprove) {
  const example = examples.length > 0 && { example: { body_text: [[...examples]] } };
  const buttons = choices.map(({ title }) => ({ type: 'QUICK_REPLY', text: title }));
  return {
    name,
    language,
    category: category.toUpperCase(),
    components: [
      { type: 'BODY', text: body, ...example },
      ...(buttons.length > 0 ? [{ type: 'BUTTONS', buttons }] : []),
    ],
  };
}

/** Meta's states (message_template_status_update); one that is not known is still under review. */
const states: Readonly<Record<string, TemplateStanding['state']>> = {
  APPROVED: 'approved',
  FLAGGED: 'approved',
  REINSTATED: 'approved',
  REJECTED: 'rejected',
  LIMIT_EXCEEDED: 'rejected',
  PAUSED: 'paused',
  LOCKED: 'paused',
  DISABLED: 'disabled',
  ARCHIVED: 'disabled',
};

/** What is being deleted stays in the list for a while, and cannot be deleted again. */
const goneStates: readonly string[] = ['DELETED', 'PENDING_DELETION'];

function standingOf({
  id,
  status,
  category,
  rejected_reason: told,
}: z.infer<typeof submittedSchema>): TemplateStanding {
  const reason = told === undefined || told === null || told === '' || told === 'NONE' ? null : told;
  return { externalId: id, category: categoryOf(category), state: states[status] ?? 'submitted', reason };
}

function read<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.infer<Schema> {
  const { success, data } = schema.safeParse(answer);
  if (!success) throw new TransientFailure('Meta’s answer about templates cannot be read');
  return data;
}
