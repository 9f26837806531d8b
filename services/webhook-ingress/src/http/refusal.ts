import { FrontdeskError } from '@frontdesk/kernel';

/** An answer other than 200. Code and message say what to do; nothing of the request or of the inside is repeated. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = code;
  }
}

/** Whatever went wrong, as the provider is told. What is not known to be the sender's fault counts as not stored. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof FrontdeskError && error.kind === 'invalid-message') {
    return new Refusal(400, 'unreadable', error.message);
  }
  const message = error instanceof FrontdeskError ? error.message : 'the webhook could not be stored: send it again';
  return new Refusal(503, 'not-stored', message);
}
