import { contexts, type ContextName, type ServiceName } from '@frontdesk/contracts';

/** A queue of the contracts: one that a service works through, or the one that its dead letters go to. */
export type Queue = {
  name: string;
  kind: 'work' | 'dead-letter';
  context: ContextName;
  /** Who reads the queue, or would have. */
  service: ServiceName;
  deadLetterQueue: string | null;
};

/** Every queue there is, each followed by its dead letters. */
export const allQueues: readonly Queue[] = (Object.keys(contexts) as ContextName[]) // the keys of the literal
  .flatMap((context) => {
    const { queue, deadLetterQueue, service } = contexts[context];
    return [
      { name: queue, kind: 'work', context, service, deadLetterQueue },
      { name: deadLetterQueue, kind: 'dead-letter', context, service, deadLetterQueue: null },
    ];
  });

export function findQueue(name: string): Queue | null {
  return allQueues.find((queue) => queue.name === name) ?? null;
}
