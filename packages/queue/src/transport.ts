import type { ContextName } from '@frontdesk/contracts';
import type { Inbound } from './consumer/inbound.ts';
import type { Lag } from './relay/lag.ts';

/** What carries events from the outbox to their handlers. */
export type Transport = {
  /** The messages of a context, for its one consumer in this process. */
  inbound: (context: ContextName) => Inbound;
  /** Something was committed: look into the outbox at once. Cheap, and safe to call after every commit. */
  poke: () => void;
  /** How far the outbox is behind. */
  lag: () => Promise<Lag>;
  /** What it cannot work without, by name; each rejects while that is away. */
  readonly checks: Readonly<Record<string, () => Promise<unknown>>>;
  /** @throws ConfigFault when the database is older than the code, or row-level security does not bind the login */
  start: () => Promise<void>;
  /** Waits for what is under way. Consumers stop before it. */
  stop: () => Promise<void>;
};
