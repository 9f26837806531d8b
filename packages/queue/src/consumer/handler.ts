import type { Envelope, EventDefinition, Outward } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import { InvalidMessage } from '@frontdesk/kernel';
import { faultsOf } from './faults.ts';

/**
 * Runs `work` in the transaction that also records the event as handled, and commits. Returns null, without running it,
 * when the event was handled before. A handler calls it for the one transaction that holds its effects.
 */
export type Once<Tx extends TenantTransaction = TenantTransaction> = <T>(
  work: (tx: Tx) => Promise<T>,
) => Promise<T | null>;

/** What a service does with one type of event. */
export type Handler<Tx extends TenantTransaction = TenantTransaction> = {
  readonly type: string;
  readonly outward: Outward;
  run(envelope: Envelope, once: Once<Tx>): Promise<void>;
};

/**
 * Makes a handler from an event's definition. It throws the error kinds of the kernel and catches nothing:
 * the consumer decides what becomes of the message.
 */
export function on<Data, Tx extends TenantTransaction = TenantTransaction>(
  definition: EventDefinition<string, Data>,
  handle: (event: Envelope<Data>, once: Once<Tx>) => Promise<unknown>,
): Handler<Tx> {
  return {
    type: definition.type,
    outward: definition.outward,
    async run(envelope, once) {
      const data = definition.schema.safeParse(envelope.data);
      if (!data.success)
        throw new InvalidMessage(`the data of ${definition.type} does not fit: ${faultsOf(data.error)}`);
      await handle({ ...envelope, data: data.data }, once);
    },
  };
}
