import type { IncomingMessage, ServerResponse } from 'node:http';
import { failpoint, type Logger } from '@frontdesk/kernel';
import { withSpan } from '@frontdesk/runtime';
import { SpanStatusCode, type Span } from '@opentelemetry/api';
import type { Outcome, Webhook } from '../acceptance/webhook.ts';
import { json, plain, type Answer } from './answer.ts';
import { formatOf, readBody } from './read-body.ts';
import { asRefusal, Refusal } from './refusal.ts';
import type { WebhookMetrics } from './webhook-metrics.ts';
import type { WebhookRoute } from './webhook-route.ts';

export type WebhookHandlerOptions = {
  routes: readonly WebhookRoute[];
  /** Resolves once the webhooks are durable, all of them. */
  accept: (webhooks: readonly Webhook[]) => Promise<Outcome>;
  /** Refusals leave nothing else behind. */
  metrics: WebhookMetrics;
  logger: Logger;
};

/** Answers what providers post, as bare node:http: this is the one path that is hot. */
export type WebhookHandler = (request: IncomingMessage, response: ServerResponse) => void;

export function createWebhookHandler({ routes, accept, metrics, logger }: WebhookHandlerOptions): WebhookHandler {
  const byPath = new Map(routes.map((route) => [route.path, route]));

  return (request, response) => {
    const { pathname, query } = split(request.url ?? '');
    const route = byPath.get(pathname);
    const startedMs = performance.now();
    const answer = async (span: Span) => {
      const answered = route === undefined ? { route: 'unknown' } : { route: route.path };
      try {
        const { outcome, body } = await handle(request, route, new URLSearchParams(query));
        failpoint('ingress.after-commit');
        metrics.answered({ ...answered, outcome }, startedMs);
        span.setAttribute('webhook.outcome', outcome);
        send(response, 200, body);
      } catch (error) {
        const refusal = asRefusal(error);
        metrics.answered({ ...answered, outcome: refusal.code }, startedMs);
        span.setAttribute('webhook.outcome', refusal.code);
        if (refusal.status >= 500) {
          span.setStatus({ code: SpanStatusCode.ERROR, message: refusal.code });
          logger.error({ ...answered, error }, 'a webhook was not stored');
        }
        const { status, code, message } = refusal;
        refuse(request, response, { status, code, message, allow: methodsOf(route) });
      }
    };
    withSpan(`${request.method} ${route?.path ?? '/webhooks/*'}`, {}, answer, 'server').catch((error: unknown) =>
      logger.error({ error }, 'a webhook was left without an answer'),
    );
  };

  async function handle(
    request: IncomingMessage,
    route: WebhookRoute | undefined,
    query: URLSearchParams,
  ): Promise<{ outcome: Outcome | 'confirmed'; body: Answer }> {
    if (route === undefined) throw new Refusal(404, 'unknown-path', 'no webhook is received at this path');
    if (request.method === 'GET' && route.confirm !== undefined) return confirm(route.confirm(query));
    if (request.method !== 'POST') throw new Refusal(405, 'wrong-method', 'send the webhook by POST');
    const format = formatOf(request, route);
    const bytes = await readBody(request, route);
    const verdict = await route.verify(bytes, request.headers, request.url ?? '');
    if (verdict !== 'valid') throw new Refusal(401, `signature-${verdict}`, whyRefused[verdict]);
    failpoint('ingress.after-verify');
    const parsed = format.parse(bytes.toString('utf8'));
    const webhooks = route.read({ ...parsed, query });
    const outcome = await accept(webhooks);
    return { outcome, body: route.answer(outcome, webhooks[0]?.kind ?? '') };
  }
}

function confirm(challenge: string | null): { outcome: 'confirmed'; body: Answer } {
  if (challenge === null) throw new Refusal(403, 'wrong-token', 'subscribe with the verify token of this service');
  return { outcome: 'confirmed', body: plain(challenge) };
}

const methodsOf = (route: WebhookRoute | undefined): string => (route?.confirm === undefined ? 'POST' : 'GET, POST');

const whyRefused = {
  missing: 'the signature headers are missing: sign the webhook as the provider does',
  stale: 'the timestamp is more than five minutes away from now: sign the webhook when it is sent',
  invalid: 'the signature does not match the body: check the key and that no proxy changes the bytes',
};

function split(url: string): { pathname: string; query: string } {
  const mark = url.indexOf('?');
  return mark < 0 ? { pathname: url, query: '' } : { pathname: url.slice(0, mark), query: url.slice(mark + 1) };
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, code, message, allow }: { status: number; code: string; message: string; allow: string },
): void {
  if (status === 405) response.setHeader('allow', allow);
  if (status === 503) response.setHeader('retry-after', '1');
  // The rest of a body that was not read to its end is not worth reading: the connection goes with it.
  if (!request.complete) response.setHeader('connection', 'close');
  send(response, status, json({ error: { code, message } }));
}

function send(response: ServerResponse, status: number, { contentType, body }: Answer): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }).end(body);
}
