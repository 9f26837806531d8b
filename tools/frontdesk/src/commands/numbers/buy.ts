import { Argument, Option } from '@commander-js/extra-typings';
import { phoneCarriers, type PhoneCarrier } from '@frontdesk/contracts';
import type { PhoneNumber } from '@frontdesk/kernel';
import type { AdminClient } from '../../admin/admin-client.ts';
import { adminVerb } from '../../admin/admin-verb.ts';
import { availableNumbers, numberOrder, ordered } from '../../admin/answers.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { waitFor, waitOption } from '../../admin/wait-for.ts';
import { id, phoneNumber } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { monthly } from './monthly.ts';
import { endedStates, tellOrder } from './tell-order.ts';

export const buy = (context: CommandContext) =>
  adminVerb('buy', {
    summary: 'Buy a number for a clinic; only tells the price until --yes',
    description:
      'It is bought, set up and assigned within seconds. A number that cannot be set up is given back by itself, and staff have a\n' +
      'task that says why.',
    examples: [
      'frontdesk numbers buy +14805550200 --clinic 11111111-1111-4111-8111-111111111111',
      'frontdesk numbers buy +14805550200 --clinic 11111111-1111-4111-8111-111111111111 --yes --wait',
    ],
  })
    .addArgument(new Argument('<number>', 'one that `numbers search` shows').argParser(phoneNumber))
    .addOption(new Option('--carrier <carrier>', 'who sells it').choices(phoneCarriers).default('telnyx' as const))
    .addOption(new Option('--location <id>', 'where it is to be; needed when there are several').argParser(id))
    .addOption(new Option('--calls <how>', 'what happens to its calls').choices(['ring', 'reject']).default('ring'))
    .option('--yes', 'buy it')
    .addOption(waitOption('until it is the clinic’s'))
    .action(async (number, { carrier, location, calls, yes, wait, json, ...options }) => {
      const { out } = context;
      const admin = openAdmin(context, options);
      if (yes !== true) return tellPrice(context, admin, { number, carrier, json });
      const fields = { number, carrier, locationId: location, callHandling: calls };
      const asked = await admin.ask('orderNumber', ordered, { fields });
      const look = () => admin.ask('getNumberOrder', numberOrder, { id: asked.id });
      if (wait === undefined) return tellOrder(context, await look(), json);
      const order = await waitFor(context, {
        look,
        isOver: ({ state }) => endedStates.includes(state),
        wait,
        lookLater: `frontdesk numbers show ${asked.id}`,
      });
      tellOrder(context, order, json);
      if (order.state !== 'assigned') out.fail('', exitCodes.failed);
    });

async function tellPrice(
  { out }: CommandContext,
  admin: AdminClient,
  { number, carrier, json }: { number: PhoneNumber; carrier: PhoneCarrier; json: true | undefined },
): Promise<void> {
  const fields = { carrier, areaCode: number.slice(2, 5), contains: number.slice(5), limit: 50 };
  const { items } = await admin.ask('listAvailableNumbers', availableNumbers, { fields });
  const found = items.find((each) => each.number === number) ?? null;
  if (found === null) return out.fail(`${number} is not for sale at ${carrier} now.`, exitCodes.failed);
  if (json === true) return out.json({ bought: false, ...found });
  const price = monthly(found.monthlyCents);
  out.line(`${number} is for sale${price === null ? '' : ` at ${price} a month`}. Nothing was bought; add --yes.`);
}
