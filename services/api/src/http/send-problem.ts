import { AccountFailure, FrontdeskError, type Logger } from '@frontdesk/kernel';
import { statusOf } from '@frontdesk/runtime';
import type { Response } from 'express';
import { Problem, problems, type ProblemCode } from '../contract/problems.ts';

const fallbackRetrySeconds = 2;

/** Answers with problem details. Nothing of the inside is told, and nothing that the request said is repeated. */
export function sendProblem(response: Response, problem: Problem, requestId: string): void {
  const { status, title } = problems[problem.code];
  const { code, message: detail, errors } = problem;
  const challenge = challengeFor(code);
  if (challenge !== null) response.setHeader('WWW-Authenticate', challenge);
  const retryAfter = problem.retryAfterSeconds ?? (status === 503 ? fallbackRetrySeconds : null);
  if (retryAfter !== null) response.setHeader('Retry-After', String(retryAfter));
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `urn:frontdesk:problem:${code}`,
        title,
        status,
        detail,
        code,
        requestId,
        ...(errors.length > 0 && { errors }),
      }),
    );
}

/** RFC 6750: nothing but the scheme when no token came. */
function challengeFor(code: ProblemCode): string | null {
  if (code === 'token-missing') return 'Bearer realm="frontdesk"';
  if (code === 'token-invalid') return 'Bearer realm="frontdesk", error="invalid_token"';
  if (code === 'other-clinic' || code === 'role-too-small') {
    return 'Bearer realm="frontdesk", error="insufficient_scope"';
  }
  return null;
}

const byStatus: Partial<Record<number, readonly [ProblemCode, string]>> = {
  400: [
    'unreadable',
    'The request could not be read: send a body of JSON, and a path in which % is followed by two hex digits.',
  ],
  404: ['not-found', 'The clinic has nothing with this id.'],
  413: ['too-large', 'Send a smaller body.'],
  415: ['wrong-content-type', 'Send the body as application/json in UTF-8, not compressed.'],
};

/** Whatever went wrong, as the caller is told. */
export function asProblem(error: unknown, logger: Logger, requestId: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof FrontdeskError && error.kind === 'conflict') return new Problem('conflict', error.message);
  if (error instanceof AccountFailure || (error instanceof FrontdeskError && error.kind === 'permanent'))
    return new Problem('vendor-refused', error.message);
  const known = byStatus[statusOf(error)];
  if (known !== undefined) return new Problem(...known);
  if (isOutage(error)) {
    logger.warn({ requestId, error }, 'a request could not be handled: what it needs is away');
    return new Problem('unavailable', 'Try again in a moment.');
  }
  logger.error({ requestId, error }, 'a request failed');
  return new Problem('internal-error', 'Ask for help, and name the requestId.');
}

/** Connection errors of Node, and what Postgres says when it stops, is full or takes too long. */
const outages = /^(E(CONN|HOST|NET|PIPE|TIMEDOUT|AI_).*|08\w{3}|53\w{3}|57P0\d|57014|25006|40001|40P01)$/;
const outageWords = /timeout|terminat|Connection|ended/;

function isOutage(error: unknown): boolean {
  if (error instanceof FrontdeskError) return error.kind === 'transient';
  if (!Error.isError(error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code === '' ? outageWords.test(error.message) && error.name === 'Error' : outages.test(code);
}
