import { Argument } from '@commander-js/extra-typings';
import { peekQueue } from '@frontdesk/operations';
import { ageOf } from '../../ages.ts';
import { count, queueNames } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';

export const peek = (context: CommandContext) =>
  verb('peek', {
    summary: 'Show the first messages of a queue without taking them',
    description:
      'The messages are received, hidden for a moment and put back at once. For that moment nobody gets them or others of\n' +
      'their groups, and SQS counts the look as one of the five tries of a message: do not peek again and again into a queue\n' +
      'that somebody works through. Dead-letter queues count no tries. Bodies hold ids and plain facts, never words of patients.',
    examples: [
      'frontdesk queues peek messaging-dlq.fifo',
      'frontdesk queues peek conversation.fifo --limit 3 --body',
      "frontdesk queues peek messaging.fifo --json | jq '.[].type'",
    ],
  })
    .addArgument(new Argument('<queue>', 'which queue').choices(queueNames))
    .option('--limit <count>', 'how many messages', count(100), 10)
    .option('--body', 'print the whole envelopes')
    .action(async (queue, { limit, body, json }) => {
      const { out, clock } = context;
      const messages = await peekQueue(context.sqs(), queue, limit);
      if (json === true) {
        return out.json(
          messages.map(({ body: envelope, ...rest }) => (body === true ? { ...rest, body: envelope } : rest)),
        );
      }
      if (messages.length === 0) return out.line('No message can be seen: the queue is empty, or all are in hand.');
      if (body === true) {
        for (const message of messages) out.line(pretty(message.body));
        return;
      }
      out.table(
        messages.map(({ eventId, type, orgId, correlationId, sentAt, receives, unreadable }) => ({
          event: eventId,
          type: type ?? `unreadable: ${unreadable}`,
          clinic: orgId,
          story: correlationId,
          sent: `${ageOf(sentAt, clock())} ago`,
          'handed out': receives,
        })),
      );
    });

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
