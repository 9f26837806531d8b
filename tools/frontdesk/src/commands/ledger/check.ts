import { checkLedger, lookThrough } from '@frontdesk/operations';
import type { CommandContext } from '../../context.ts';
import { scopeOf, scopeOptions } from '../../scope-options.ts';
import { endByBreaches, tellBreaches } from '../../tell-breaches.ts';
import { verb } from '../../verb.ts';

const money = (cents: number) => (cents / 100).toFixed(2);

export const check = (context: CommandContext) =>
  verb('check', {
    summary: 'Hold the ledger against deposits, visits and what Square reported',
    description:
      'Sums by clinic and currency: what paid deposits come to, what the ledger says was captured, what came besides (second\n' +
      'payments and other amounts, each with a task for staff), what went back. Ends with 1 when a cent is not accounted for.',
    examples: ['frontdesk ledger check', 'frontdesk ledger check --last 3d', 'frontdesk ledger check --json'],
  })
    .addOption(scopeOptions.clinic)
    .addOption(scopeOptions.last)
    .addOption(scopeOptions.since)
    .addOption(scopeOptions.until)
    .action(async ({ json, ...options }) => {
      const { out, clock } = context;
      const look = lookThrough(context.operatorDatabase());
      const report = await checkLedger(look, { ...scopeOf(options, clock), now: clock() });
      if (json === true) {
        out.json(report);
        return endByBreaches(report.breaches);
      }
      out.table(
        report.sums.map(({ orgId, currency, ...sums }) => ({
          clinic: orgId,
          currency,
          'paid deposits': money(sums.deposits),
          captured: money(sums.captured),
          besides: money(sums.besides),
          refunded: money(sums.refunded),
          'reported by Square': money(sums.reported),
        })),
      );
      tellBreaches(context, report.breaches, 'Every cent is accounted for.');
    });
