import type { Logger } from '@frontdesk/kernel';
import express, { type Express } from 'express';
import { answerError } from './http-errors.ts';
import type { Telemetry } from './telemetry.ts';

/** Resolves when the dependency can be used and rejects when not. */
export type Check = () => Promise<unknown>;

export type OperationsOptions = {
  service: string;
  /** What the service cannot work without, by name: `postgres`, `sqs`. */
  checks: Readonly<Record<string, Check>>;
  telemetry: Pick<Telemetry, 'serveMetrics'>;
  logger: Logger;
  /** A check that has not answered by then counts as failed. */
  checkTimeoutMs?: number;
};

/** What operators and load balancers ask a process: is it alive, can it work, what does it count. */
export function createOperationsApp(options: OperationsOptions): Express {
  const { service, checks, telemetry, logger, checkTimeoutMs = 2_000 } = options;
  const app = express();
  app.disable('x-powered-by');
  app.get('/health', (_request, response) => {
    response.json({ service, status: 'ok', uptimeSeconds: Math.round(process.uptime()) });
  });
  app.get('/ready', async (_request, response) => {
    const failing = await failingChecks(checks, checkTimeoutMs, logger);
    response.status(failing.length === 0 ? 200 : 503).json({ service, ready: failing.length === 0, failing });
  });
  app.get('/metrics', (request, response) => telemetry.serveMetrics(request, response));
  app.use(answerError(logger));
  return app;
}

async function failingChecks(
  checks: Readonly<Record<string, Check>>,
  timeoutMs: number,
  logger: Logger,
): Promise<string[]> {
  const outcomes = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      try {
        await within(timeoutMs, check());
        return [];
      } catch (error) {
        logger.warn({ check: name, error }, 'a dependency is not ready');
        return [name];
      }
    }),
  );
  return outcomes.flat();
}

async function within(timeoutMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
