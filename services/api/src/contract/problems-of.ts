import type { ProblemCode } from './problems.ts';
import type { Route } from './route.ts';

/** Refusals that any route may answer with, whatever it does. */
const commonProblems: readonly ProblemCode[] = [
  'unreadable',
  'token-missing',
  'token-invalid',
  'other-clinic',
  'role-too-small',
  'invalid-fields',
  'too-many-requests',
  'internal-error',
  'unavailable',
];
/** Those that come with a body. */
const bodyProblems: readonly ProblemCode[] = ['too-large', 'wrong-content-type'];
/** Those that come with an Idempotency-Key. */
const changeProblems: readonly ProblemCode[] = [
  'idempotency-key-missing',
  'request-in-flight',
  'idempotency-key-reused',
];

/** Every refusal of a route. */
export function problemsOf(route: Route): readonly ProblemCode[] {
  return [
    ...new Set([
      ...commonProblems,
      ...(route.method === 'post' ? bodyProblems : []),
      ...(route.kind === 'change' ? changeProblems : []),
      ...route.problems,
    ]),
  ];
}
