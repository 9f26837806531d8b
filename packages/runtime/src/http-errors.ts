import { FrontdeskError, type ErrorKind, type Logger } from '@frontdesk/kernel';
import { trace } from '@opentelemetry/api';
import type { ErrorRequestHandler } from 'express';

const statuses: Record<ErrorKind, number> = {
  'invalid-message': 400,
  'not-found': 404,
  conflict: 409,
  permanent: 422,
  transient: 503,
  config: 500,
};

/** The HTTP status of a failure: by its kind, else by the status that Express and its parsers give it, else 500. */
export function statusOf(error: unknown): number {
  if (error instanceof FrontdeskError) return statuses[error.kind];
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

const reasons: Record<number, string> = {
  400: 'the request could not be read',
  413: 'the request is too large',
  415: 'the content type is not supported',
  500: 'something went wrong here',
};

/** The last step of an Express app: a failure becomes a JSON answer with an id to look for in the log, never a stack. */
export function answerError(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const status = statusOf(error);
    if (status >= 500) logger.error({ error, path: request.path, status }, 'a request failed');
    if (response.headersSent) {
      next(error);
      return;
    }
    const reason =
      error instanceof FrontdeskError && status < 500 ? error.message : (reasons[status] ?? 'the request failed');
    const traceId = trace.getActiveSpan()?.spanContext().traceId;
    response.status(status).json({ error: reason, ...(traceId === undefined ? {} : { traceId }) });
  };
}
