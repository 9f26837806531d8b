import { OpenApiGeneratorV31, OpenAPIRegistry } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { problems, type ProblemCode } from './problems.ts';
import { problemsOf } from './problems-of.ts';
import type { Route } from './route.ts';
import { problemSchema } from './schemas.ts';

export type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

const description = `Administration of the desk. Every request names a clinic and carries a token that gives its bearer a role there.

Changes need an \`Idempotency-Key\`: the same key with the same body gets the same answer, however often it comes. Refusals
are problem details (RFC 9457) with a \`code\` for machines and words for people. What is read is a page at a time.`;

export const idempotencyKeySchema = z
  .string()
  .regex(/^(?:"[\x21\x23-\x7e]{1,255}"|[\x21\x23-\x7e]{1,255})$/)
  .meta({ description: 'chosen by the caller, new for each change; a UUID is a good one' });

const rateHeaders = {
  'RateLimit-Policy': 'how many requests a person and a clinic have in a window of seconds',
  RateLimit: 'what is left of each, and the seconds until it is whole again',
  'X-Request-Id': 'the id of this request in the log',
};

/** The document of the whole interface, made from what the routes declare. */
export function openApiDocument(routes: readonly Route[], { version }: { version: string }): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  const bearer = registry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'signed by the issuer that the desk trusts; its claim `frontdesk:orgs` gives a role in each clinic',
  });
  for (const route of routes) {
    registry.registerPath({
      operationId: route.operationId,
      method: route.method,
      path: route.path,
      tags: [route.tag],
      summary: route.summary,
      description: `${route.description}\n\nNeeds the role \`${route.role}\` or a greater one.`,
      security: [{ [bearer.name]: [] }],
      request: requestOf(route),
      responses: { ...answerOf(route), ...refusalsOf(route) },
    });
  }
  const generated = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Frontdesk administration', version, description },
    servers: [{ url: '/' }],
  });
  return generated;
}

function requestOf({ params, query, body, kind, method }: Route) {
  const headers = kind === 'change' ? z.object({ 'Idempotency-Key': idempotencyKeySchema }) : undefined;
  return {
    params,
    query,
    ...(headers !== undefined && { headers }),
    ...(method === 'post' && { body: { required: true, content: { 'application/json': { schema: body } } } }),
  };
}

function answerOf({ answer: { status, description: what, schema }, kind }: Route) {
  const replayed = { 'Idempotency-Replayed': 'true: it was done before, and this is its answer' };
  const headers = headersOf({ ...rateHeaders, ...(kind === 'change' && replayed) });
  return { [status]: { description: what, headers, content: { 'application/json': { schema } } } };
}

function refusalsOf(route: Route) {
  const byStatus = Map.groupBy(problemsOf(route), (code) => problems[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code: ProblemCode) => `\`${code}\`: ${problems[code].title}`).join('; '),
        ...([429, 503].includes(status) && { headers: headersOf({ 'Retry-After': 'seconds to wait' }) }),
        ...(status === 401 && { headers: headersOf({ 'WWW-Authenticate': 'what is wanted (RFC 6750)' }) }),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}

function headersOf(described: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(described).map(([name, of]) => [name, { description: of, schema: { type: 'string' as const } }]),
  );
}
