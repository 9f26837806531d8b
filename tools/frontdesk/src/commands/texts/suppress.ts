import type { TenantTransaction } from '@frontdesk/db';
import { recordAudit, toDate } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { suppressOpenTexts } from '@frontdesk/messaging/postgres';
import { Option } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { moment } from '../../moment.ts';
import { scopeOptions } from '../../scope-options.ts';
import { verb } from '../../verb.ts';

export const suppress = (context: CommandContext) =>
  verb('suppress', {
    summary: 'Stop texts for good that wait to be sent, as after a restore; only counts them until --yes',
    description:
      'Texts that a carrier was asked to take are left alone, whatever came of it. In production it also needs --i-mean-it, and\n' +
      "each clinic's audit says who did it.",
    examples: [
      'frontdesk texts suppress --before 2026-11-21T08:00:00Z',
      'frontdesk texts suppress --before 2026-11-21T08:00:00Z --yes',
    ],
  })
    .addOption(new Option('--before <moment>', 'asked for before this moment').argParser(moment).makeOptionMandatory())
    .addOption(scopeOptions.clinic)
    .option('--yes', 'do it')
    .option('--i-mean-it', 'do it in production')
    .action(async ({ before, clinic, yes, iMeanIt, json }) => {
      const { out, clock, operator, target } = context;
      const writes = yes === true;
      if (writes && target.environment === 'production' && iMeanIt !== true) {
        out.fail('Nothing was stopped: this is production. Add --i-mean-it.', exitCodes.refused);
      }
      const owner = context.ownerDatabase();
      const now = clock();
      const counts: { clinic: Id; texts: number }[] = [];
      for (const orgId of clinic === undefined ? await owner.tenants() : [clinic]) {
        const texts = await owner.inTenant(orgId, async (tx) => {
          if (!writes) return waiting(tx, orgId, before);
          const stopped = await suppressOpenTexts(tx, { orgId, before, now, reason: 'an operator stopped it' });
          const subject = { type: 'organization', id: orgId };
          const details = { texts: stopped, before: before.toString() };
          if (stopped > 0) {
            await recordAudit(tx, { orgId, actor: operator, action: 'texts.suppressed', subject, at: now, details });
          }
          return stopped;
        });
        if (texts > 0) counts.push({ clinic: orgId, texts });
      }
      if (json === true) return out.json({ stopped: writes, clinics: counts });
      out.table(counts);
      const total = counts.reduce((sum, { texts }) => sum + texts, 0);
      out.line(
        writes
          ? `${total} texts will never leave.`
          : `${total} texts would be stopped. Nothing was done; --yes does it.`,
      );
    });

async function waiting(tx: TenantTransaction, orgId: Id, before: Temporal.Instant): Promise<number> {
  const [row] = await tx.$queryRaw<{ texts: number }[]>`
    select count(*)::int as texts from outbound_messages
    where org_id = ${orgId}::uuid and state = 'queued' and created_at <= ${toDate(before)}`;
  return row?.texts ?? 0;
}
