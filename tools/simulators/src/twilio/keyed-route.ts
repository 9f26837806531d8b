import type { MisbehaviourScope } from '../wire/misbehaviour.ts';
import { createPlanned } from '../wire/planned.ts';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import { refusal, type TwilioRefusalCode } from './errors.ts';

/** Makes a route that wants the account's credentials, and refuses what a test has planned to be refused. */
export type KeyedRoute = (method: Route['method'], path: string, handle: Route['handle']) => Route;

export interface PlannedRefusals {
  refuse: (code: TwilioRefusalCode, scope?: MisbehaviourScope) => void;
  next: (request: ReceivedRequest) => Reply | null;
  clear: () => void;
}

export function createPlannedRefusals(): PlannedRefusals {
  const planned = createPlanned<{ code: TwilioRefusalCode; where: (request: ReceivedRequest) => boolean }>();
  return {
    refuse: (code, { times, where = () => true } = {}) => planned.add({ code, where }, times),
    next(request) {
      const plan = planned.next(({ where }) => where(request));
      return plan === null ? null : refusal(plan.code);
    },
    clear: planned.clear,
  };
}

export function keyedRoutes(
  authenticate: (request: ReceivedRequest) => Reply | null,
  refusals: PlannedRefusals,
): KeyedRoute {
  return (method, path, handle) => ({
    method,
    path,
    handle: (request) => authenticate(request) ?? refusals.next(request) ?? handle(request),
  });
}
