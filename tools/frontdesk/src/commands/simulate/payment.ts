import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';
import { depositLinks, hasNewLink } from '../../phone/deposit-links.ts';
import { waitForText } from '../../phone/wait-for-text.ts';
import { personOption, simulate, waitOption } from './simulation.ts';

export const payment = (context: CommandContext) =>
  verb('payment', {
    summary: 'Pay the newest deposit link of the thread and print the confirmation',
    description:
      "It taps the button of Square's simulated checkout, which reports the payment by signed webhook. After the patient's last words a link that may be on its way is waited for. Only on the stack of npm start.",
    examples: ['frontdesk simulate payment', 'frontdesk simulate payment --as ben --decline'],
  })
    .addOption(personOption())
    .addOption(waitOption())
    .option('--decline', 'let the card be declined; the desk says nothing then')
    .action(async ({ as, wait, decline = false, json }) =>
      simulate(context, {
        as,
        wait,
        json,
        silent: decline,
        before: ({ phone, desk, person }) =>
          waitForText(phone, person.id, {
            hasCome: (thread) => hasNewLink(thread, desk.checkoutOrigin),
            onItsWayMs: wait * 1_000,
            clock: context.clock,
            onWait: () => context.out.note('Waiting for the deposit link …'),
          }),
        act: async ({ phone, desk, person, thread }) => {
          const link =
            depositLinks(thread, desk.checkoutOrigin).at(-1) ??
            context.out.fail(`${person.name} has no deposit link: book a time by text first.`, exitCodes.failed);
          await phone.tap(link, decline ? 'decline' : 'pay');
        },
      }),
    );
