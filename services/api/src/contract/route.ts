import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { z } from 'zod';
import type { Principal } from '../auth/claims.ts';
import type { Role } from '../auth/roles.ts';
import type { ProblemCode } from './problems.ts';

type Fields = z.ZodObject;
type Answers = Readonly<Record<number, { description: string; schema: z.ZodType }>>;
/** One of the declared answers. */
type AnswerOf<Declared extends Answers> = {
  [Status in keyof Declared & number]: { status: Status; body: z.input<Declared[Status]['schema']> };
}[keyof Declared & number];

/** What everybody who calls the route may know of it: validation, documentation and tests derive from this alone. */
type Contract<Params extends Fields, Query extends Fields, Body extends Fields, Declared extends Answers> = {
  /** Unique; the name of the route in metrics and logs. */
  operationId: string;
  method: 'get' | 'post';
  /** As OpenAPI writes it: `/admin/messages/{id}`. */
  path: `/admin/${string}`;
  tag: string;
  summary: string;
  description: string;
  /** The least role that may call it. */
  role: Role;
  /** Where it says which clinic is meant, as `orgId`. */
  clinicIn: 'query' | 'body';
  /** Each request is a question to a vendor, of which a clinic has fewer. */
  asksVendor?: boolean;
  /** The most bytes of its body, where it takes more than others do. */
  bodyAtMostBytes?: number | null;
  params?: Params;
  query?: Query;
  body?: Body;
  answers: Declared;
  /** Refusals of its own, beside those that every route has. */
  problems: readonly ProblemCode[];
};

type Request<Params extends Fields, Query extends Fields, Body extends Fields> = {
  orgId: Id;
  principal: Principal;
  role: Role;
  requestId: string;
  now: Temporal.Instant;
  params: z.output<Params>;
  query: z.output<Query>;
  body: z.output<Body>;
};

/** A request in as many transactions as it takes. It may call a vendor, outside of them. */
export type ReadRequest<Params extends Fields, Query extends Fields, Body extends Fields> = Request<
  Params,
  Query,
  Body
> & { inTenant: <T>(work: (tx: TenantTransaction) => Promise<T>) => Promise<T> };

/** A request that changes something: all of it, its audit and its answer are one transaction. It calls no vendor. */
export type ChangeRequest<Params extends Fields, Query extends Fields, Body extends Fields> = Request<
  Params,
  Query,
  Body
> & { tx: TenantTransaction; idempotencyKey: string };

export type Answer = { status: number; body: unknown };
// What is erased here was parsed by the very schemas of the route before its handler sees it.
type Any = Fields;
type Handled =
  | { kind: 'read' | 'repeatable'; handle: (request: ReadRequest<Any, Any, Any>) => Promise<Answer> }
  | { kind: 'change'; handle: (request: ChangeRequest<Any, Any, Any>) => Promise<Answer> };

/** A route: its contract and what it does. */
export type Route = Required<Contract<Any, Any, Any, Answers>> & Handled;

const none = z.strictObject({});
const usual = { params: none, query: none, body: none, bodyAtMostBytes: null, asksVendor: false };

const declarer =
  (kind: 'read' | 'repeatable') =>
  <
    Declared extends Answers,
    Params extends Fields = typeof none,
    Query extends Fields = typeof none,
    Body extends Fields = typeof none,
  >(
    declared: Contract<Params, Query, Body, Declared> & {
      handle: (request: ReadRequest<Params, Query, Body>) => Promise<AnswerOf<Declared>>;
    },
  ): Route =>
    ({ ...usual, kind, ...declared }) as unknown as Route; // see `Any`

/** Declares a route that only looks. */
export const readRoute = declarer('read');

/** Declares a route that changes something which, done again, changes nothing more: it needs no Idempotency-Key. */
export const repeatableRoute = declarer('repeatable');

/** Declares a route that changes something: it takes an Idempotency-Key. */
export function changeRoute<
  Declared extends Answers,
  Params extends Fields = typeof none,
  Query extends Fields = typeof none,
  Body extends Fields = typeof none,
>(
  declared: Contract<Params, Query, Body, Declared> & {
    handle: (request: ChangeRequest<Params, Query, Body>) => Promise<AnswerOf<Declared>>;
  },
): Route {
  return { ...usual, kind: 'change', ...declared } as unknown as Route; // see `Any`
}

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
