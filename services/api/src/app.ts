import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import { openApiDocument } from './contract/openapi.ts';
import { Problem } from './contract/problems.ts';
import type { Route } from './contract/route.ts';
import { docsPage } from './http/docs-page.ts';
import { asProblem, sendProblem } from './http/send-problem.ts';
import { requestIdOf, serveRoute, type ServeOptions } from './http/serve-route.ts';

/** Everything under `/admin/`, as Express. No other site may call it from a browser: it answers no CORS. */
export function createApp(
  routes: readonly Route[],
  { version, ...options }: ServeOptions & { version: string },
): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.enable('case sensitive routing').enable('strict routing');
  app.set('query parser', 'simple');
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: false },
    }),
  );
  app.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });
  for (const route of routes) app[route.method](expressPath(route.path), serveRoute(route, options));
  app.use(docsPage(openApiDocument(routes, { version })));
  for (const [path, methods] of methodsByPath(routes)) {
    app.all(path, (request, response) => {
      response.setHeader('Allow', methods.join(', '));
      sendProblem(response, new Problem('wrong-method', `Use ${methods.join(' or ')}.`), requestIdOf(request));
    });
  }
  app.use((request, response) => {
    const detail = 'The paths are listed in /admin/openapi.json.';
    sendProblem(response, new Problem('unknown-path', detail), requestIdOf(request));
  });
  app.use(answerProblem(options));
  return app;
}

/** Express reads `:` as the beginning of a parameter and OpenAPI writes parameters in braces. */
function expressPath(path: string): string {
  return path.replaceAll(':', String.raw`\:`).replaceAll(/\{(\w+)\}/g, ':$1');
}

function methodsByPath(routes: readonly Route[]): Map<string, string[]> {
  const served: [path: string, method: string][] = [
    ...routes.map(({ path, method }) => [expressPath(path), method.toUpperCase()] as [string, string]),
    ['/admin/openapi.json', 'GET'],
    ['/admin/docs', 'GET'],
    ['/admin/docs/scalar.js', 'GET'],
  ];
  const methods = new Map<string, string[]>();
  for (const [path, method] of served) methods.set(path, [...(methods.get(path) ?? []), method]);
  return methods;
}

/** Of what went wrong outside of a route, such as a path that cannot be decoded. */
function answerProblem({ logger }: Pick<ServeOptions, 'logger'>): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const requestId = requestIdOf(request);
    sendProblem(response, asProblem(error, logger, requestId), requestId);
  };
}
