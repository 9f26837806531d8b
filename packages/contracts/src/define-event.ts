import type { z } from 'zod';
import { contexts, type ContextName, type QueueName, type ServiceName } from './queues.ts';

/** What leaves the house because of an event, in words that follow "it". Null: nothing. */
export type Outward = {
  /** What its handler itself does outside of the database. With effects withheld such a handler does not run. */
  readonly itself: string | null;
  /** What may follow from the texts and events that it writes. With effects withheld these are written and go nowhere. */
  readonly afterwards: string | null;
};

/** An event of the catalogue: what it means, who may send it, its data, its order group, and examples. */
export type EventDefinition<Type extends string = string, Data = unknown> = {
  /** `context.noun-verbed.vN`: the context consumes it, N is the major version. */
  readonly type: Type;
  readonly summary: string;
  readonly queue: QueueName;
  readonly producers: readonly ServiceName[];
  readonly outward: Outward;
  readonly schema: z.ZodType<Data>;
  /** What must be handled in order: the conversation, the recipient of a text, the deposit. At most 128 characters. */
  readonly group: (data: Data) => string;
  readonly example: Data;
  readonly badExamples: readonly unknown[];
};

export function defineEvent<Context extends ContextName, Rest extends string, Data>(
  definition: Omit<EventDefinition<`${Context}.${Rest}`, NoInfer<Data>>, 'queue' | 'schema'> & {
    data: z.ZodType<Data>;
  },
): EventDefinition<`${Context}.${Rest}`, Data> {
  const { data, ...rest } = definition;
  const context = definition.type.split('.')[0] as Context; // the type's first word is a context by its own type
  return { ...rest, schema: data, queue: contexts[context].queue };
}

/** The data of an event definition. */
export type DataOf<Definition> = Definition extends EventDefinition<string, infer Data> ? Data : never;
