import { allQueues } from '@frontdesk/operations';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';

export const list = ({ out }: CommandContext) =>
  verb('list', {
    summary: 'Name every queue, who reads it and where its dead letters go',
    examples: ['frontdesk queues list', 'frontdesk queues list --json'],
  }).action(({ json }) => {
    if (json === true) return out.json(allQueues);
    out.table(
      allQueues.map(({ name, kind, service, deadLetterQueue }) => ({
        queue: name,
        kind: kind === 'work' ? 'work' : 'dead letters',
        service,
        'dead letters go to': deadLetterQueue,
      })),
    );
  });
