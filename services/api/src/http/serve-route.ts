import { failpoint, newId, type Clock, type Id, type Logger } from '@frontdesk/kernel';
import { untilRaceIsWon, type Database } from '@frontdesk/db';
import { withSpan } from '@frontdesk/runtime';
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import type { Request, RequestHandler, Response } from 'express';
import type { VerifyToken } from '../auth/verify-token.ts';
import { problems, type Problem } from '../contract/problems.ts';
import type { Route } from '../contract/route.ts';
import type { KnownAnswer } from '../postgres/idempotency-keys.ts';
import type { ApiMetrics } from './api-metrics.ts';
import { authenticate, authorize } from './authenticate.ts';
import { changeOnce, digestOf, idempotencyKeyOf } from './change-once.ts';
import type { RateLimit } from './rate-limits.ts';
import { namedClinic, readInput } from './read-input.ts';
import { asProblem, sendProblem } from './send-problem.ts';

export type ServeOptions = {
  database: Database;
  verifyToken: VerifyToken;
  /** Counted before anything else is done for a person. */
  perPerson: RateLimit;
  /** Counted only for those who have a role in the clinic, so that strangers cannot use up what it has. */
  perClinic: RateLimit;
  /** Counted beside it for what is asked of vendors: it costs money, wears out what they allow the desk, or rings a phone. */
  perClinicAtVendors: RateLimit;
  /** `ofRoute`: the most bytes of the route's bodies, where they are larger than others. */
  readBody: (request: Request, response: Response, ofRoute: number | null) => Promise<void>;
  metrics: ApiMetrics;
  clock: Clock;
  logger: Logger;
};

/**
 * The way of every request: who asks, what they may, what they want, and then the route's own work. What a caller may not do
 * is refused before their fields are looked at.
 */
export function serveRoute(route: Route, options: ServeOptions): RequestHandler {
  const { database, verifyToken, perPerson, perClinic, perClinicAtVendors, readBody, clock } = options;

  async function answer(request: Request, response: Response, requestId: string): Promise<KnownAnswer> {
    const principal = await authenticate(request, verifyToken);
    await perPerson.count(response, principal.subject);
    if (route.method === 'post') await readBody(request, response, route.bodyAtMostBytes);
    const allowed = authorize(route, principal, namedClinic(route, request));
    if (allowed !== null) await perClinic.count(response, allowed.orgId);
    const input = readInput(route, request);
    if (allowed !== null && route.asksVendor) await perClinicAtVendors.count(response, allowed.orgId);
    // Where no clinic could be read, the schema, which demands one, has just refused.
    if (allowed === null) throw new Error(`${route.operationId} takes requests that name no clinic`);
    const { orgId, role } = allowed;
    // Erased where the route was declared; its own schemas have parsed them.
    const { params, ...fields } = input as { params: { id: Id }; query: never; body: never };
    const now = clock();
    const { status } = route.answer;
    const given = {
      ...params,
      ...fields,
      orgId,
      role,
      now,
      asked: { orgId, actor: `api:${principal.subject}`, requestId, now },
    };
    if (route.kind !== 'change') {
      return { status, body: await route.handle({ ...given, inTenant: (work) => database.inTenant(orgId, work) }) };
    }
    const key = idempotencyKeyOf(request);
    const keyed = { orgId, key, digest: digestOf(route, input), now };
    // A change calls no vendor, so it may run again when the person that it is about was erased meanwhile.
    const { repeated, ...done } = await untilRaceIsWon(() =>
      database.inTenant(orgId, (tx) =>
        changeOnce(tx, keyed, async () => ({
          status,
          body: await route.handle({ ...given, tx, idempotencyKey: key }),
        })),
      ),
    );
    failpoint('api.after-commit');
    if (repeated) response.setHeader('Idempotency-Replayed', 'true');
    return done;
  }

  return (request, response) => {
    const startedMs = performance.now();
    const requestId = requestIdOf(request);
    response.setHeader('X-Request-Id', requestId);
    const traced = propagation.extract(ROOT_CONTEXT, request.headers);
    const ended = (status: number, problem: Problem | null) =>
      told(route, options, { requestId, status, problem, startedMs });
    return context.with(traced, () =>
      withSpan(
        `admin ${route.operationId}`,
        { 'frontdesk.request_id': requestId },
        async (span) => {
          try {
            const { status, body } = await answer(request, response, requestId);
            // What leaves is what was promised: a drift from the contract fails here and not at the caller.
            const promised = route.answer.schema.parse(body);
            response.status(status).json(promised);
            ended(status, null);
            span.setAttribute('http.response.status_code', status);
          } catch (error) {
            const problem = asProblem(error, options.logger, requestId);
            const { status } = problems[problem.code];
            // The rest of a body that was not read is not worth reading: the connection goes with it.
            if (!request.complete) response.setHeader('Connection', 'close');
            sendProblem(response, problem, requestId);
            ended(status, problem);
            span.setAttribute('http.response.status_code', status);
          }
        },
        'server',
      ),
    );
  };
}

/** The caller's own id of the request when it has one that may stand in a log. */
export function requestIdOf(request: Request): Id {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : newId();
}

type Ended = { requestId: string; status: number; problem: Problem | null; startedMs: number };

function told(route: Route, { metrics, logger }: ServeOptions, { requestId, status, problem, startedMs }: Ended): void {
  const of = { route: route.operationId, status, problem: problem?.code ?? 'none' };
  metrics.answered(of, startedMs);
  logger.info({ ...of, requestId, ms: Math.round(performance.now() - startedMs) }, 'a request was answered');
}
