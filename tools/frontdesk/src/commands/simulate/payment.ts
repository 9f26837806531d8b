import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';
import type { ThreadText } from '../../phone/phone-client.ts';
import { personOption, simulate, waitOption } from './simulation.ts';
import { waitForText } from '../../phone/wait-for-text.ts';

export const payment = (context: CommandContext) =>
  verb('payment', {
    summary: 'Pay the newest deposit link of the thread and print the confirmation',
    description:
      "It taps the button of Square's simulated checkout, which reports the payment by signed webhook. A link that is on its way is waited for. Only on the stack of npm start.",
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
            is: (text) => linksOf(text, desk.checkoutOrigin).length > 0,
            onItsWayMs: wait * 1_000,
            clock: context.clock,
            onWait: () => context.out.note('Waiting for the deposit link …'),
          }),
        act: async ({ phone, desk, person, thread }) => {
          const link =
            thread.flatMap((text) => linksOf(text, desk.checkoutOrigin)).at(-1) ??
            context.out.fail(`${person.name} has no deposit link: book a time by text first.`, exitCodes.failed);
          await phone.tap(link, decline ? 'decline' : 'pay');
        },
      }),
    );

function linksOf({ direction, text }: ThreadText, origin: string): string[] {
  const links = direction === 'in' ? (text.match(/https?:\/\/\S+/g) ?? []) : [];
  return links.filter((link) => link.startsWith(origin));
}
