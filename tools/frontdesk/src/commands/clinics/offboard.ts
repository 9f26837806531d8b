import { Argument } from '@commander-js/extra-typings';
import { retireClinic } from '@frontdesk/clinics/postgres';
import { silenceConversations } from '@frontdesk/conversation/postgres';
import { suppressOpenTexts } from '@frontdesk/messaging/postgres';
import { id } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';

export const offboard = (context: CommandContext) =>
  verb('offboard', {
    summary: 'End the desk for a clinic that leaves',
    description:
      'Its numbers are released, so that what still comes to them is parked; texts that are still queued never leave; its Square\n' +
      'token is removed; staff get no more notices. Its history stays: export it first. Deposits that are being paid would be\n' +
      'left without a desk, so it is refused while holds are open. In production it also needs --i-mean-it.',
    examples: ['frontdesk clinics offboard 11111111-1111-4111-8111-111111111111 --yes'],
  })
    .addArgument(new Argument('<clinic>', 'its id').argParser(id))
    .option('--yes', 'do it')
    .option('--i-mean-it', 'do it in production')
    .action(async (clinic, { yes, iMeanIt, json }) => {
      const { out, clock, operator, target } = context;
      const now = clock();
      if (yes !== true) out.fail('Nothing was changed. To end the desk for this clinic, add --yes.', exitCodes.refused);
      if (target.environment === 'production' && iMeanIt !== true) {
        out.fail('Nothing was changed: this is production. Add --i-mean-it.', exitCodes.refused);
      }
      const done = await context.ownerDatabase().inTenant(clinic, async (tx) => {
        const [known] = await tx.$queryRaw<{ holds: number }[]>`
          select (select count(*)::int from appointments a where a.org_id = o.id and a.state = 'held') as holds
          from organizations o where o.id = ${clinic}::uuid`;
        if (known === undefined) return out.fail(`No clinic has the id ${clinic}.`, exitCodes.failed);
        if (known.holds > 0) {
          const what = `${known.holds} ${known.holds === 1 ? 'time is' : 'times are'} held for a deposit`;
          return out.fail(`Nothing was changed: ${what}. Try again when the holds have ended.`, exitCodes.refused);
        }
        // First, so that no turn that is under way leaves a text behind.
        await silenceConversations(tx, { orgId: clinic });
        const textsStopped = await suppressOpenTexts(tx, { orgId: clinic, reason: 'the clinic has left', now });
        return { ...(await retireClinic(tx, { orgId: clinic, actor: operator, now })), textsStopped };
      });
      if (json === true) return out.json(done);
      out.line(`Numbers released: ${done.numbersReleased.join(', ') || 'none'}`);
      out.line(`Queued texts that will not leave: ${done.textsStopped}`);
      out.line(`Deposit accounts removed: ${done.depositAccountsRemoved}. Open tasks of staff: ${done.tasksOpen}.`);
    });
