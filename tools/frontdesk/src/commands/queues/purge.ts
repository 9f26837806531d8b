import { Argument } from '@commander-js/extra-typings';
import { findQueue, purgeQueue } from '@frontdesk/operations';
import { present } from '@frontdesk/kernel';
import { queueNames } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';

export const purge = (context: CommandContext) =>
  verb('purge', {
    summary: 'Throw away every message of a queue, for ever',
    description:
      'What is purged is not handled: texts are not sent and payments not noted, until sweeps find what they can or the events\n' +
      'are replayed. It needs --yes, in production also --i-mean-it, and is written into the audit of every clinic.',
    examples: [
      'frontdesk queues purge messaging-dlq.fifo --yes',
      'frontdesk queues purge messaging.fifo --yes --i-mean-it',
    ],
  })
    .addArgument(new Argument('<queue>', 'which queue').choices(queueNames))
    .option('--yes', 'do it')
    .option('--i-mean-it', 'do it in production')
    .action(async (name, { yes, iMeanIt, json }) => {
      const { out, clock, operator, target } = context;
      if (yes !== true) {
        out.fail(`Nothing was purged. To throw away every message of ${name}, add --yes.`, exitCodes.refused);
      }
      if (target.environment === 'production' && iMeanIt !== true) {
        out.fail(
          `Nothing was purged: this is production (FRONTDESK_ENV says so, or is not set). To throw away every message of ${name}, add --i-mean-it.`,
          exitCodes.refused,
        );
      }
      const queue = present(findQueue(name), `queue ${name}`);
      const purged = await purgeQueue({
        sqs: context.sqs(),
        database: context.operatorDatabase(),
        queue,
        operator,
        clock,
      });
      if (json === true) return out.json({ purged });
      out.line(
        `${name} is purged: ${purged.visible} messages waited, ${purged.inFlight} were in hand, ${purged.delayed} delayed.`,
      );
    });
