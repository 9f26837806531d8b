import { Option } from '@commander-js/extra-typings';
import { consentHistory } from '@frontdesk/messaging/postgres';
import { stringify } from 'csv-stringify/sync';
import { id, person } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { scopeOptions } from '../../scope-options.ts';
import { verb } from '../../verb.ts';
import { evidence, type Evidence } from './evidence.ts';
import { openLedger } from './open-ledger.ts';

export const exportLedger = (context: CommandContext) =>
  verb('export', {
    summary: 'Write the ledger of consent for a lawyer: every change, its words, and what was sent after it',
    description:
      'Oldest first, page by page, so the size of a clinic does not matter. Beside each change stands how many texts left between it\n' +
      'and the next one: after an opt-out that is 0, its one confirmation and answers to HELP counted apart. As JSON it is one object a\n' +
      "line. It needs the owner's login, since people's words and numbers are in it, and the audit names who took it.",
    examples: [
      'frontdesk consent export --clinic 11111111-1111-4111-8111-111111111111 > consent.csv',
      "frontdesk consent export --clinic 11111111-1111-4111-8111-111111111111 --phone '(602) 555-0142' --format json",
    ],
  })
    .addOption(new Option('--clinic <id>', 'whose ledger').argParser(id).makeOptionMandatory())
    .addOption(new Option('--phone <person>', 'of this person alone: a number, or an id at WhatsApp').argParser(person))
    .addOption(scopeOptions.since)
    .addOption(scopeOptions.until)
    .addOption(new Option('--format <format>', 'how').choices(['csv', 'json'] as const).default('csv' as const))
    .action(async ({ clinic, phone, since, until, format, json }) => {
      const { out } = context;
      const owner = await openLedger(context, clinic, 'consent.exported');
      const asJson = json === true || format === 'json';
      let changes = 0;
      if (!asJson) out.line(csv(columns));
      for await (const record of consentHistory((orgId, work) => owner.inTenant(orgId, work), {
        orgId: clinic,
        phone,
        since,
        until,
      })) {
        const row = evidence(clinic, record);
        out.line(asJson ? JSON.stringify(row) : csv(columns.map((column) => row[column])));
        changes += 1;
      }
      out.note(`${changes} changes of consent.`);
    });

const columns = [
  'clinic',
  'phone',
  'at',
  'kind',
  'source',
  'channel',
  'clinic_number',
  'wording',
  'text_id',
  'recorded_by',
  'texts_sent_until_next_change',
  'keyword_answers_sent',
  'id',
] as const satisfies (keyof Evidence)[];

/** One row. What a person wrote must not become a formula of the reader's spreadsheet. */
function csv(values: readonly (string | number | null)[]): string {
  const row = stringify([values], {
    cast: { string: (value, { index }) => ({ value, escape_formulas: columns[index] === 'wording' }) },
  });
  return row.trimEnd();
}
