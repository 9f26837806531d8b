import { Argument } from '@commander-js/extra-typings';
import { beginRetirement, retireClinic } from '@frontdesk/clinics/postgres';
import { silenceConversations } from '@frontdesk/conversation/postgres';
import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { suppressOpenTexts } from '@frontdesk/messaging/postgres';
import { leaveDesk, whatIsLeft, type LeftAtProvider } from '@frontdesk/numbers/postgres';
import { id, phoneNumbers } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';

export const offboard = (context: CommandContext) =>
  verb('offboard', {
    summary: 'End the desk for a clinic that leaves',
    description:
      'Bought numbers go back to the carrier, hosted lines to their owner, WhatsApp is disconnected: the worker does it within\n' +
      'seconds, and this command tells what is left, also when it is run again. Numbers that were entered by hand are the\n' +
      'clinic’s own and stay in our account until they are ported out; --keep says it of bought ones. Texts that are still queued\n' +
      'never leave; its Square token is removed; staff get no more notices. Its history stays: export it first. Deposits that are\n' +
      'being paid would be left without a desk, so it is refused while holds are open. In production it also needs --i-mean-it.',
    examples: [
      'frontdesk clinics offboard 11111111-1111-4111-8111-111111111111 --yes',
      'frontdesk clinics offboard 11111111-1111-4111-8111-111111111111 --keep +14805550142 --yes',
    ],
  })
    .addArgument(new Argument('<clinic>', 'its id').argParser(id))
    .option('--keep <number...>', 'bought numbers that it takes to another carrier', phoneNumbers, [])
    .option('--yes', 'do it')
    .option('--i-mean-it', 'do it in production')
    .action(async (clinic, { keep, yes, iMeanIt, json }) => {
      const { out, clock, operator, target } = context;
      const now = clock();
      if (yes !== true) out.fail('Nothing was changed. To end the desk for this clinic, add --yes.', exitCodes.refused);
      if (target.environment === 'production' && iMeanIt !== true) {
        out.fail('Nothing was changed: this is production. Add --i-mean-it.', exitCodes.refused);
      }
      const done = await context.ownerDatabase().inTenant(clinic, async (tx) => {
        const known = await beginRetirement(tx, { orgId: clinic, now });
        if (!known) return out.fail(`No clinic has the id ${clinic}.`, exitCodes.failed);
        // Before the holds are counted and the texts stopped, so that no turn that is under way leaves one behind.
        await silenceConversations(tx, { orgId: clinic });
        const holds = await openHolds(tx, clinic);
        if (holds > 0) {
          const what = `${holds} ${holds === 1 ? 'time is' : 'times are'} held for a deposit`;
          return out.fail(`Nothing was changed: ${what}. Try again when the holds have ended.`, exitCodes.refused);
        }
        const textsStopped = await suppressOpenTexts(tx, { orgId: clinic, reason: 'the clinic has left', now });
        const { given, kept } = await leaveDesk(tx, { orgId: clinic, keep, actor: operator, now });
        const unknown = keep.filter((number) => !kept.includes(number));
        if (unknown.length > 0) {
          const what = `the clinic has no number ${unknown.join(', ')} to keep`;
          return out.fail(`Nothing was changed: ${what}.`, exitCodes.failed);
        }
        const retired = await retireClinic(tx, { orgId: clinic, actor: operator, now });
        const left = await whatIsLeft(tx, clinic);
        return { numbersReleased: given, numbersKept: kept, ...retired, textsStopped, left };
      });
      if (json === true) return out.json(done);
      out.line(`Numbers that go back: ${done.numbersReleased.join(', ') || 'none'}`);
      out.line(`Numbers that stay in our account until they are ported out: ${done.numbersKept.join(', ') || 'none'}`);
      out.line(`Queued texts that will not leave: ${done.textsStopped}`);
      out.line(`Deposit accounts removed: ${done.depositAccountsRemoved}. Open tasks of staff: ${done.tasksOpen}.`);
      tellLeft(context, done.left);
    });

/** Times that are held for a deposit, and those that ended while somebody could still pay: their links are there until that is settled. */
async function openHolds(tx: TenantTransaction, orgId: Id): Promise<number> {
  const [row] = await tx.$queryRaw<{ open: number }[]>`
    select count(*)::int as open from appointments
    where org_id = ${orgId}::uuid and hold_expires_at is not null and state <> 'confirmed'`;
  return row?.open ?? 0;
}

function tellLeft({ out }: CommandContext, left: readonly LeftAtProvider[]): void {
  if (left.length === 0) return out.line('Providers have nothing of it any more.');
  out.line('What providers still have of it:');
  out.table(
    left.map(({ what, name, state, since, words }) => ({ what, name, state, since: since.toString(), next: words })),
  );
}
