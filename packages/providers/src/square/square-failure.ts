import { PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import { SquareError } from 'square';

/** Any failure of a request as one of the two kinds, with Square's codes alone: its details may quote the request. */
export function squareFailure(error: unknown): TransientFailure | PermanentFailure {
  if (!(error instanceof SquareError) || error.statusCode === undefined) {
    return new TransientFailure('Square gave no answer', { cause: error });
  }
  const { statusCode, errors } = error;
  const said = `Square answered ${statusCode}: ${errors.map(({ code }) => code).join(', ')}`;
  return statusCode === 408 || statusCode === 429 || statusCode >= 500
    ? new TransientFailure(said)
    : new PermanentFailure(said);
}
