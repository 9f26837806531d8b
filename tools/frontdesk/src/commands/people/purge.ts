import { Argument, Option } from '@commander-js/extra-typings';
import { makeErasePerson, type Erasure } from '@frontdesk/erasure';
import { id, person } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';

export const purge = (context: CommandContext) =>
  verb('purge', {
    summary: 'Delete a person of a clinic everywhere, by number or by their id at WhatsApp; only counts until --yes',
    description:
      'What is deleted, what stays without the person, and why, says docs/erasure.md. Work in flight stops, and their STOP outlives\n' +
      'them. It is refused while the clinic expects them: --even-if-expected cancels their visits. Doing it again finds nothing. In\n' +
      'production it also needs --i-mean-it. The audit names you, and no number: begin the line with a space to keep it out of\n' +
      'your shell’s history as well.',
    examples: [
      'frontdesk people purge +16025550142 --clinic 11111111-1111-4111-8111-111111111111',
      "frontdesk people purge '(602) 555-0142' --clinic 11111111-1111-4111-8111-111111111111 --yes",
      'frontdesk people purge wa:US.1349000000000000 --clinic 11111111-1111-4111-8111-111111111111',
    ],
  })
    .addArgument(new Argument('<person>', 'a number in any usual form, or an id at WhatsApp').argParser(person))
    .addOption(new Option('--clinic <id>', 'whose person').argParser(id).makeOptionMandatory())
    .option('--yes', 'do it')
    .option('--dry-run', 'only count, whatever else is said')
    .option('--even-if-expected', 'also when a visit is ahead or a deposit is open')
    .option('--i-mean-it', 'do it in production')
    .action(async (phone, { clinic: orgId, yes, dryRun, evenIfExpected = false, iMeanIt, json }) => {
      const { out, clock, operator, target } = context;
      const rehearsal = yes !== true || dryRun === true;
      if (!rehearsal && target.environment === 'production' && iMeanIt !== true) {
        out.fail('Nothing was deleted: this is production. Add --i-mean-it.', exitCodes.refused);
      }
      const database = context.operatorDatabase();
      const [known] = await database.query`select from organizations where id = ${orgId}::uuid`;
      if (known === undefined) out.fail(`No clinic has the id ${orgId}.`, exitCodes.failed);
      const erasePerson = makeErasePerson({
        clock,
        inTenant: (of, work) =>
          database.inTransaction(async (tx) => {
            await tx.$queryRaw`select set_config('app.org_ids', ${of}, true)`;
            return work(tx);
          }),
      });
      const erasure = await erasePerson({ orgId, phone, actor: `operator:${operator}`, evenIfExpected, rehearsal });
      if (erasure.kind === 'expected') {
        const { visits, deposits } = erasure;
        return out.fail(
          `Nothing was deleted: the clinic expects this person (visits ahead: ${visits}, open deposits and holds: ${deposits}).\n` +
            'Settle that first, or add --even-if-expected, which cancels the visits.',
          exitCodes.refused,
        );
      }
      if (json === true) return out.json({ erased: erasure.kind === 'erased' && !rehearsal, ...erasure });
      tell(context, erasure, rehearsal);
    });

function tell({ out }: CommandContext, erasure: Exclude<Erasure, { kind: 'expected' }>, rehearsal: boolean): void {
  if (erasure.kind === 'nothing-found') return out.line('This clinic has nothing of this number.');
  const { deleted, anonymised } = erasure;
  const tables = [...new Set([...Object.keys(deleted), ...Object.keys(anonymised)])].toSorted();
  out.table(
    tables.map((table) => ({ table, deleted: deleted[table] ?? 0, 'without the person': anonymised[table] ?? 0 })),
  );
  out.line(rehearsal ? 'Nothing was done; --yes does it.' : 'The person is gone.');
}
