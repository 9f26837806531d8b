import { planRedrive } from '@frontdesk/operations';
import { ids } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { failOnUnknown, tellGone, tellLetters } from './tell-letters.ts';

export const show = (context: CommandContext) =>
  verb('show', {
    summary: 'Show dead letters with their envelopes, also those that are settled',
    description:
      'An id is that of a listed message or of its event. Envelopes hold ids and plain facts, never words of patients.',
    examples: ['frontdesk dlq show 0199d5a0-0000-7000-8000-000000000007'],
  })
    .argument('<ids...>', 'which messages', ids)
    .action(async (wanted, { json }) => {
      const { out } = context;
      const parts = { sqs: context.queues(), database: context.operatorDatabase() };
      const { open, settled, gone, unknown } = await planRedrive(parts, { ids: wanted });
      const letters = [...open, ...settled];
      if (json === true) out.json({ letters, gone, unknown });
      else {
        for (const letter of letters) {
          tellLetters(context, [letter]);
          out.line(`${letter.body}\n`);
        }
        tellGone(context, gone);
      }
      failOnUnknown(context, unknown);
    });
