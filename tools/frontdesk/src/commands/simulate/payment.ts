import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';
import type { ThreadText } from '../../phone/phone-client.ts';
import { personOption, simulate, waitOption } from './simulation.ts';

export const payment = (context: CommandContext) =>
  verb('payment', {
    summary: 'Pay the newest deposit link of the thread and print the confirmation',
    description:
      "It taps the button of Square's simulated checkout, which reports the payment by signed webhook. Only on the stack of npm start.",
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
        act: async ({ phone, desk, person, thread }) => {
          const link =
            newestLink(thread, desk.checkoutOrigin) ??
            context.out.fail(`${person.name} has no deposit link: book a time by text first.`, exitCodes.failed);
          await phone.tap(link, decline ? 'decline' : 'pay');
        },
      }),
    );

function newestLink(thread: readonly ThreadText[], origin: string): string | null {
  const links = thread
    .filter(({ direction }) => direction === 'in')
    .flatMap(({ text }) => text.match(/https?:\/\/\S+/g) ?? [])
    .filter((link) => link.startsWith(origin));
  return links.at(-1) ?? null;
}
