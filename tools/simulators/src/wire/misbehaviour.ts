import { createPlanned } from './planned.ts';
import type { ReceivedRequest } from './received-request.ts';

/**
 * How the next requests are treated. `delay` takes the request and answers late; `answer` refuses it with a status;
 * `reset` cuts the connection before the request is taken; the `accept-then-…` kinds take it and lose the answer.
 */
export type Misbehaviour =
  | { kind: 'delay'; ms: number }
  | { kind: 'answer'; status: 429 | 500 | 503; retryAfterSeconds?: number }
  | { kind: 'reset' }
  | { kind: 'accept-then-hang' }
  | { kind: 'accept-then-fail' }
  | { kind: 'accept-then-reset' }
  /** 200 with a body that the provider never sends. */
  | { kind: 'accept-then-say'; body: string };

export interface MisbehaviourScope<Request = ReceivedRequest> {
  /** How many requests it strikes; all until `behave()` when left out. */
  times?: number;
  /** Which requests it strikes; all when left out. */
  where?: (request: Request) => boolean;
}

export interface Misbehaviours<How = Misbehaviour, Request = ReceivedRequest> {
  misbehave: (how: How, scope?: MisbehaviourScope<Request>) => void;
  behave: () => void;
  /** The misbehaviour that strikes this request, which uses one of its times up. */
  strike: (request: Request) => How | null;
}

export function createMisbehaviours<How = Misbehaviour, Request = ReceivedRequest>(): Misbehaviours<How, Request> {
  const planned = createPlanned<{ how: How; where: (request: Request) => boolean }>();
  return {
    misbehave: (how, { times, where = () => true } = {}) => planned.add({ how, where }, times),
    behave: planned.clear,
    strike: (request) => planned.next(({ where }) => where(request))?.how ?? null,
  };
}
