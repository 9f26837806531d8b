import type { Received } from './read-message.ts';

/** A message that is to come again. */
export type Returned = {
  message: Received;
  delayMs: number;
  /** Whether its handler was run, so that this hand-out counts as a try where the transport keeps count. */
  tried: boolean;
};

/** Where the messages of one queue come from, and what a consumer says of them. */
export type Inbound = {
  /** How OpenTelemetry names what carries the messages. */
  readonly system: string;
  /** Waits for messages, a while or until the signal, and takes at most so many. */
  receive: (most: number, signal: AbortSignal) => Promise<Received[]>;
  /** Removes finished messages. What fails comes again, and the inbox knows it. */
  remove: (messages: readonly Received[]) => Promise<void>;
  /** Lets messages come again, each after its delay and in this order. */
  giveBack: (returned: readonly Returned[]) => Promise<void>;
  /** Keeps what is in hand from others, where it would come to them after a while. */
  readonly keep?: { readonly everyMs: number; renew: (messages: readonly Received[]) => Promise<void> };
};
