import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { z } from 'zod';
import type { Role } from '../auth/roles.ts';
import type { ProblemCode } from './problems.ts';
import { clinicIdSchema, idSchema } from './schemas.ts';

type Fields = z.ZodObject;
type Shape = Readonly<Record<string, z.ZodType>>;

/** What it answers with when it did what was asked: 200 unless it says otherwise. */
type Answer<Schema extends z.ZodType> = { status?: 200 | 201 | 202; description: string; schema: Schema };

/** What everybody who calls the route may know of it: validation, documentation and tests derive from this alone. */
export type Told<Path extends `/admin/${string}`, Schema extends z.ZodType> = {
  /** Unique; the name of the route in metrics and logs. */
  operationId: string;
  /** As OpenAPI writes it: `/admin/messages/{id}`. Where it has an `{id}`, the handler gets it. */
  path: Path;
  tag: string;
  summary: string;
  description: string;
  /** The least role that may call it. */
  role: Role;
  /** Each request is a question to a vendor, of which a clinic has fewer. */
  asksVendor?: boolean;
  answer: Answer<Schema>;
  /** Refusals of its own, beside those that every route has. */
  problems?: readonly ProblemCode[];
};

/** A route that takes a body, which names the clinic as `orgId`. */
type ToldWithBody<Path extends `/admin/${string}`, Body extends Fields, Schema extends z.ZodType> = Told<
  Path,
  Schema
> & {
  body: Body;
  /** The most bytes of its body, where it takes more than others do. */
  bodyAtMostBytes?: number;
};

/** Who asks, for which clinic and when: what every verb and the audit want to know. */
export type Asked = { orgId: Id; actor: string; requestId: string; now: Temporal.Instant };

type Request<Path extends string> = { orgId: Id; role: Role; now: Temporal.Instant; asked: Asked } & IdIn<Path>;
type IdIn<Path extends string> = Path extends `${string}{id}${string}` ? { id: Id } : unknown;

/** It may take several transactions, and call a vendor outside of them. */
type InTransactions = { inTenant: <T>(work: (tx: TenantTransaction) => Promise<T>) => Promise<T> };
/** All of it, its audit and its answer are one transaction. It calls no vendor. */
type InOneTransaction = { tx: TenantTransaction; idempotencyKey: string };

// What is erased here was parsed by the very schemas of the route before its handler sees it.
type Erased = Request<'/{id}'> & { query: never; body: never };
type Handled =
  | { kind: 'read' | 'repeatable'; handle: (request: Erased & InTransactions) => Promise<unknown> }
  | { kind: 'change'; handle: (request: Erased & InOneTransaction) => Promise<unknown> };

/** A route: its contract and what it does. */
export type Route = Required<Told<`/admin/${string}`, z.ZodType>> & {
  method: 'get' | 'post';
  params: Fields;
  query: Fields;
  body: Fields;
  bodyAtMostBytes: number | null;
  answer: Required<Answer<z.ZodType>>;
} & Handled;

const none = z.strictObject({});

function declared(
  kind: Route['kind'],
  { answer, ...told }: Told<`/admin/${string}`, z.ZodType> & { handle: unknown },
): Route {
  return {
    method: kind === 'read' ? 'get' : 'post',
    params: told.path.includes('{id}') ? z.strictObject({ id: idSchema }) : none,
    query: none,
    body: none,
    bodyAtMostBytes: null,
    asksVendor: false,
    problems: [],
    ...told,
    kind,
    answer: { status: 200, ...answer },
  } as unknown as Route; // see `Erased`
}

/** Declares a route that only looks. `query` is what it takes beside the clinic. */
export function readRoute<Path extends `/admin/${string}`, Schema extends z.ZodType, Query extends Shape = {}>({
  query,
  ...told
}: Told<Path, Schema> & {
  query?: Query;
  handle: (
    request: Request<Path> & InTransactions & { query: z.output<z.ZodObject<Query>> },
  ) => Promise<z.input<Schema>>;
}): Route {
  return { ...declared('read', told), query: z.strictObject({ orgId: clinicIdSchema, ...query }) };
}

/** Declares a route that changes something which, done again, changes nothing more: it needs no Idempotency-Key. */
export const repeatableRoute = <Path extends `/admin/${string}`, Body extends Fields, Schema extends z.ZodType>(
  told: ToldWithBody<Path, Body, Schema> & {
    handle: (request: Request<Path> & InTransactions & { body: z.output<Body> }) => Promise<z.input<Schema>>;
  },
): Route => declared('repeatable', told);

/** Declares a route that changes something: it takes an Idempotency-Key. */
export const changeRoute = <Path extends `/admin/${string}`, Body extends Fields, Schema extends z.ZodType>(
  told: ToldWithBody<Path, Body, Schema> & {
    handle: (request: Request<Path> & InOneTransaction & { body: z.output<Body> }) => Promise<z.input<Schema>>;
  },
): Route => declared('change', told);
