import { createServer, type RequestListener } from 'node:http';
import type { Logger } from '@frontdesk/kernel';
import type { Express } from 'express';
import type { ProcessConfig } from './config.ts';
import { listen, type Listener } from './listen.ts';
import { createLogger } from './logger.ts';
import { createOperationsApp, type Check } from './operations-app.ts';
import type { Runnable } from './run-until-signal.ts';
import { startTelemetry } from './telemetry.ts';
import { telemetrySettings } from './telemetry/telemetry-settings.ts';

/** Something that a process runs, such as the work of a service. */
export type Part = Runnable & {
  /** What it cannot work without, by name; each rejects while that is away. */
  readonly checks: Readonly<Record<string, Check>>;
  /** What it answers over HTTP, by the beginning of the path. */
  readonly http?: { readonly path: string; readonly handle: RequestListener };
};

/** A process: its parts, its log and its one HTTP port. */
export type Host = Runnable & {
  readonly logger: Logger;
  /** Where it listens; 0 before it is started. */
  readonly port: number;
};

export type HostOptions = {
  service: string;
  config: ProcessConfig;
  /** Makes the parts, in the order in which they start; they stop in the opposite one. */
  parts: (logger: Logger) => readonly Part[];
};

/** Puts a process together around its parts: telemetry, log, health, readiness, metrics. Nothing runs before `start`. */
export function createHost({ service, config, parts: makeParts }: HostOptions): Host {
  const telemetry = startTelemetry({ service, ...telemetrySettings(config) }); // before anything that counts is made
  const logger = createLogger({ service, level: config.LOG_LEVEL });
  const parts = makeParts(logger);
  const checks = Object.assign({}, ...parts.map((part) => part.checks)) as Part['checks']; // of objects of checks
  const operations = createOperationsApp({ service, checks, telemetry, logger });
  let listener: Listener | undefined;

  return {
    logger,
    get port() {
      return listener?.port ?? 0;
    },
    async start() {
      for (const part of parts) await part.start();
      listener = await listen(createServer(partsFirst(parts, operations)), config.PORT);
      logger.info({ port: listener.port }, 'listening');
    },
    async stop() {
      await listener?.close();
      for (const part of parts.toReversed()) await part.stop();
      await telemetry.shutdown();
    },
  };
}

/** What parts answer is answered before Express sees it, which halves what a webhook costs; everything else is Express. */
function partsFirst(parts: readonly Part[], operations: Express): RequestListener {
  operations.use((_request, response) => {
    response.status(404).json({ error: { code: 'unknown-path', message: 'nothing is served at this path' } });
  });
  const routes = parts.flatMap(({ http }) => http ?? []);
  return (request, response) => {
    const route = routes.find(({ path }) => request.url?.startsWith(path) === true);
    if (route === undefined) operations(request, response);
    else route.handle(request, response);
  };
}
