import { assertBoundByRowLevelSecurity, createDatabase, createPool } from '@frontdesk/db';
import { systemClock, type Logger } from '@frontdesk/kernel';
import { createSqsTransport, type Transport } from '@frontdesk/queue';
import { createHost, type Host, type Part, type WorkConfig } from '@frontdesk/runtime';
import { createApp } from './app.ts';
import { makeVerifyToken } from './auth/verify-token.ts';
import type { Config } from './config.ts';
import { apiMetrics } from './http/api-metrics.ts';
import { createRateLimit } from './http/rate-limits.ts';
import { makeReadBody } from './http/read-body.ts';
import { openNumberVendors } from './open-number-vendors.ts';
import { openSignUps } from './open-sign-ups.ts';
import { allRoutes } from './routes/all-routes.ts';

const service = 'api';
const role = 'frontdesk_api';

/** Counting requests must not wait for the work that they ask for. */
const countingConnections = 1;

/** Puts the service together, in a process of its own. Nothing runs before `start`. */
export function compose(config: Config): Host {
  return createHost({
    service,
    config,
    parts: (logger) => {
      const transport = createSqsTransport({ service, config, logger });
      return [transport, composeWork(config, { transport, logger })];
    },
  });
}

/** What the service does, whatever carries its events. */
export function composeWork(
  config: WorkConfig<Config>,
  { transport, logger, connections = 5 }: { transport: Pick<Transport, 'poke'>; logger: Logger; connections?: number },
): Part {
  const url = config.DATABASE_URL;
  const database = createDatabase({ url, role, max: connections, onCommit: transport.poke });
  const counting = createPool({ url, role, max: countingConnections });
  const app = createApp(
    allRoutes({ clock: systemClock, numbers: openNumberVendors(config, { counting }), signUps: openSignUps(config) }),
    {
      version: config.FRONTDESK_RELEASE ?? 'unreleased',
      database,
      verifyToken: makeVerifyToken({
        issuer: config.ADMIN_ISSUER,
        audience: config.ADMIN_AUDIENCE,
        jwksUrl: config.ADMIN_JWKS_URL,
      }),
      perPerson: createRateLimit({ pool: counting, name: 'person', perMinute: config.REQUESTS_PER_PERSON }),
      perClinic: createRateLimit({ pool: counting, name: 'clinic', perMinute: config.REQUESTS_PER_CLINIC }),
      perClinicAtVendors: createRateLimit({
        pool: counting,
        name: 'clinic-at-vendors',
        perMinute: config.VENDOR_REQUESTS_PER_CLINIC,
      }),
      readBody: makeReadBody({ atMostBytes: config.BODY_AT_MOST_BYTES }),
      metrics: apiMetrics(),
      clock: systemClock,
      logger,
    },
  );
  return {
    checks: { postgres: () => database.ping() },
    http: { path: '/admin', handle: app },
    start: () => assertBoundByRowLevelSecurity(counting),
    async stop() {
      await Promise.all([database.close(), counting.end()]);
    },
  };
}
