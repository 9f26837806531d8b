import { Argument, Option } from '@commander-js/extra-typings';
import { consentHistory, consentOf } from '@frontdesk/messaging/postgres';
import { id, person } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { evidence } from './evidence.ts';
import { openLedger } from './open-ledger.ts';

export const show = (context: CommandContext) =>
  verb('show', {
    summary: 'Show whether a person may be texted, since when, and every change with its words',
    description:
      "It needs the owner's login, and the audit names who looked. Begin the line with a space to keep the number out of your shell’s\n" +
      'history.',
    examples: ['frontdesk consent show +16025550142 --clinic 11111111-1111-4111-8111-111111111111'],
  })
    .addArgument(new Argument('<person>', 'a number in any usual form, or an id at WhatsApp').argParser(person))
    .addOption(new Option('--clinic <id>', 'whose person').argParser(id).makeOptionMandatory())
    .action(async (phone, { clinic, json }) => {
      const { out } = context;
      const owner = await openLedger(context, clinic, 'consent.shown');
      const { stoppedAt, marketingSince } = await owner.inTenant(clinic, (tx) =>
        consentOf(tx, { orgId: clinic, phone }),
      );
      const changes = [];
      for await (const record of consentHistory((orgId, work) => owner.inTenant(orgId, work), {
        orgId: clinic,
        phone,
      })) {
        changes.push(evidence(clinic, record));
      }
      if (json === true) {
        return out.json({
          stopped_at: stoppedAt?.toString() ?? null,
          marketing_since: marketingSince?.toString() ?? null,
          changes,
        });
      }
      out.table(
        changes.map(({ at, kind, source, wording, texts_sent_until_next_change: texts }) => ({
          at,
          kind,
          source,
          wording: wording ?? '',
          'texts since': texts,
        })),
      );
      out.line(stoppedAt === null ? 'Texts may leave.' : `No text leaves since ${stoppedAt.toString()}.`);
      out.line(
        marketingSince === null
          ? 'No consent to marketing.'
          : `Marketing is agreed to since ${marketingSince.toString()}.`,
      );
    });
