import { showText } from '@frontdesk/operations';
import { id } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';

export const show = (context: CommandContext) =>
  verb('show', {
    summary: 'Show a text: what asked for it, where it stands, every try of it',
    examples: ['frontdesk texts show 0199d5a0-0000-7000-8000-000000000007'],
  })
    .argument('<id>', 'which text', id)
    .action(async (textId, { json }) => {
      const { out } = context;
      const { tries, openTasks, ...text } = await showText(context.operatorDatabase(), textId);
      if (json === true) return out.json({ ...text, tries, openTasks });
      const { orgId, kind, causeKey, state, stateAt, reason, segments, encoding, askedAt, nextAttemptAt } = text;
      const counted = segments === null ? null : `${segments} (${encoding ?? 'unknown alphabet'})`;
      const facts = {
        text: textId,
        clinic: orgId,
        kind,
        class: text.class,
        cause: causeKey,
        asked: askedAt,
        parts: counted,
      };
      for (const [name, value] of Object.entries({
        ...facts,
        state: `${state} since ${stateAt}`,
        reason,
        next: nextAttemptAt,
      })) {
        out.line(`${name.padEnd(12)}${value ?? '–'}`);
      }
      for (const { number, channel, carrier, outcome, errorCode, startedAt, carrierId } of tries) {
        const code = errorCode === null ? '' : ` (${errorCode})`;
        out.line(
          `try ${number}       ${startedAt} ${channel} by ${carrier}: ${outcome ?? 'no answer yet'}${code}, there ${carrierId ?? '–'}`,
        );
      }
      for (const task of openTasks) out.line(`task        ${task}`);
    });
