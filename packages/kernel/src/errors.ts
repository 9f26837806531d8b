/** How a failure is treated: by the queue consumer (retry or park) and by the HTTP server (status). */
export type ErrorKind = 'invalid-message' | 'not-found' | 'conflict' | 'transient' | 'permanent' | 'config';

/** A failure with a known treatment. Its message is for people and never holds a patient's words or full numbers. */
export abstract class FrontdeskError extends Error {
  abstract readonly kind: ErrorKind;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A message or request that does not fit its schema or names something that cannot be. Retrying never helps. */
export class InvalidMessage extends FrontdeskError {
  readonly kind = 'invalid-message';
}

/** The row that a message speaks of is not there (for this clinic). */
export class NotFound extends FrontdeskError {
  readonly kind = 'not-found';
}

/** Somebody else changed the row first. */
export class Conflict extends FrontdeskError {
  readonly kind = 'conflict';
}

/** Worth another try: time-out, 429, 5xx, lost connection, and everything unknown. */
export class TransientFailure extends FrontdeskError {
  readonly kind = 'transient';
}

/** The vendor says that it has not done it, and may do it later: nothing came of it that nobody knows of. */
export class Declined extends TransientFailure {}

/**
 * A vendor serves the desk's account no more: it has no balance, or no right. Nothing is wrong with what was asked for, and
 * it goes on once an operator has mended the account. The message says how.
 */
export class AccountFailure extends Declined {}

/** A vendor's final no. */
export class PermanentFailure extends FrontdeskError {
  readonly kind = 'permanent';
}

/** A setting is missing or wrong: the process does not start. */
export class ConfigFault extends FrontdeskError {
  readonly kind = 'config';
}
