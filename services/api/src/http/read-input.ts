import type { Request } from 'express';
import { wrongFields } from '../contract/problems.ts';
import type { Route } from '../contract/route.ts';
import { fieldFaults, halfCharacters } from './field-faults.ts';

export type Input = { params: unknown; query: unknown; body: unknown };

/** Holds path, query and body against the schemas of the route, all of them at once. */
export function readInput(route: Route, request: Request): Input {
  const params = route.params.safeParse(request.params);
  const query = route.query.safeParse(request.query);
  const body = route.method === 'post' ? route.body.safeParse(request.body) : { success: true as const, data: {} };
  // Of what fits, so that only so much is looked through as a schema lets in.
  const broken = body.success ? halfCharacters(body.data) : [];
  if (params.success && query.success && body.success && broken.length === 0) {
    return { params: params.data, query: query.data, body: body.data };
  }
  const errors = [
    ...broken,
    ...(params.success ? [] : fieldFaults(params.error, route.params, 'parameter')),
    ...(query.success ? [] : fieldFaults(query.error, route.query, 'parameter')),
    ...(body.success ? [] : fieldFaults(body.error, route.body, 'body')),
  ];
  throw wrongFields(errors);
}

/** The clinic that the query names, or the body where there is one; it is not checked yet. */
export function namedClinic({ method }: Route, request: Request): unknown {
  const holder: unknown = method === 'get' ? request.query : request.body;
  return typeof holder === 'object' && holder !== null && 'orgId' in holder ? holder.orgId : undefined;
}
