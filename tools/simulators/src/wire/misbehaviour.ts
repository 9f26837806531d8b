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

export interface MisbehaviourScope {
  /** How many requests it strikes; all until `behave()` when left out. */
  times?: number;
  /** Which requests it strikes; all when left out. */
  where?: (request: ReceivedRequest) => boolean;
}

interface Struck extends MisbehaviourScope {
  how: Misbehaviour;
  left: number;
}

export interface Misbehaviours {
  misbehave: (how: Misbehaviour, scope?: MisbehaviourScope) => void;
  behave: () => void;
  /** The misbehaviour that strikes this request, which uses one of its times up. */
  strike: (request: ReceivedRequest) => Misbehaviour | null;
}

/** Misbehaviours strike in the order in which they were asked for. */
export function createMisbehaviours(): Misbehaviours {
  let waiting: Struck[] = [];

  return {
    misbehave(how, scope = {}) {
      waiting.push({ ...scope, how, left: scope.times ?? Number.POSITIVE_INFINITY });
    },

    behave() {
      waiting = [];
    },

    strike(request) {
      const struck = waiting.find((each) => each.where?.(request) ?? true);
      if (struck === undefined) return null;
      struck.left -= 1;
      if (struck.left <= 0) waiting = waiting.filter((each) => each !== struck);
      return struck.how;
    },
  };
}
