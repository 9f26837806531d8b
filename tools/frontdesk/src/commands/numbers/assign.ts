import { Argument, Option } from '@commander-js/extra-typings';
import { z } from 'zod';
import { adminVerb } from '../../admin/admin-verb.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { id, phoneNumber } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';

const answer = z.looseObject({ number: z.string() });

export const assign = (context: CommandContext) =>
  adminVerb('assign', {
    summary: 'Move a number to a location, or change what happens to its calls',
    description: 'What is not named stays as it is. Texts on their way are not touched.',
    examples: [
      'frontdesk numbers assign +14805550200 --location 22222222-2222-4222-8222-222222222222',
      'frontdesk numbers assign +14805550200 --calls reject',
      'frontdesk numbers assign +14805550200 --hand-calls-to +16025550199',
    ],
  })
    .addArgument(new Argument('<number>', 'a number of the clinic').argParser(phoneNumber))
    .addOption(new Option('--location <id>', 'where it goes').argParser(id))
    .addOption(
      new Option(
        '--calls <how>',
        'ring: somebody else may answer; reject: each call that arrives was missed elsewhere',
      ).choices(['ring', 'reject']),
    )
    .addOption(
      new Option('--hand-calls-to <number>', 'who takes its calls when a person is wanted').argParser(phoneNumber),
    )
    .addOption(new Option('--hand-calls-to-nobody', 'nobody takes them').conflicts('handCallsTo'))
    .action(async (number, { location, calls, handCallsTo, handCallsToNobody, json, ...options }) => {
      const { out } = context;
      const transferTo = handCallsToNobody === true ? null : handCallsTo;
      const changes = { locationId: location, callHandling: calls, transferTo };
      if (Object.values(changes).every((change) => change === undefined)) {
        out.fail('Say what is to change: --location, --calls or --hand-calls-to.', exitCodes.usedWrongly);
      }
      const fields = { number, ...changes };
      const assigned = await openAdmin(context, options).ask('assignNumber', answer, { fields });
      if (json === true) return out.json(assigned);
      out.line(`${assigned.number} is as you said.`);
    });
