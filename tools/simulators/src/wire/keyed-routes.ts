import type { MisbehaviourScope } from './misbehaviour.ts';
import { createPlanned } from './planned.ts';
import type { ReceivedRequest } from './received-request.ts';
import type { Reply, Route } from './route.ts';

/** Makes a route that wants the provider's key, and refuses what a test has planned to be refused. */
export type KeyedRoute = (method: Route['method'], path: string, handle: Route['handle']) => Route;

export interface PlannedRefusals<Code> {
  refuse: (code: Code, scope?: MisbehaviourScope) => void;
  next: (request: ReceivedRequest) => Reply | null;
  clear: () => void;
}

export function createPlannedRefusals<Code>(refusal: (code: Code) => Reply): PlannedRefusals<Code> {
  const planned = createPlanned<{ code: Code; where: (request: ReceivedRequest) => boolean }>();
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
  refusals: Pick<PlannedRefusals<unknown>, 'next'>,
): KeyedRoute {
  return (method, path, handle) => ({
    method,
    path,
    handle: (request) => authenticate(request) ?? refusals.next(request) ?? handle(request),
  });
}
