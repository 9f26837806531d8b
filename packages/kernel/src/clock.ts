/** The present moment, passed in wherever time matters; nothing else reads the machine's clock. */
export type Clock = () => Temporal.Instant;

export const systemClock: Clock = () => Temporal.Now.instant();
