import { once } from 'node:events';
import { startLocalIssuer } from '@frontdesk/local-issuer';
import { demoClinic } from '@frontdesk/local-stack';
import { startSimulators, stopSimulators } from '@frontdesk/local-stack/simulators';
import { loadConfig } from '@frontdesk/runtime';
import { z } from 'zod';
import { createPatientApp } from './patient-app.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const config = await loadConfig(
  z.object({
    /** Where the services and the developer reach the simulators: every address of the container. */
    LISTEN_HOST: z.string().default('127.0.0.1'),
    PORT: port,
    TELNYX_PORT: port,
    META_PORT: port,
    SQUARE_PORT: port,
    BEDROCK_PORT: port,
    ISSUER_PORT: port,
    /** As services see the issuer of tokens, and as tokens say it. */
    ISSUER_URL: z.url(),
    PUBLIC_WEBHOOK_URL: z.url(),
  }),
);

const simulators = await startSimulators(config.PUBLIC_WEBHOOK_URL, [demoClinic], 'friendly', {
  host: config.LISTEN_HOST,
  ports: {
    telnyx: config.TELNYX_PORT,
    meta: config.META_PORT,
    square: config.SQUARE_PORT,
    bedrock: config.BEDROCK_PORT,
  },
});
const issuer = await startLocalIssuer({
  host: config.LISTEN_HOST,
  port: config.ISSUER_PORT,
  publicUrl: config.ISSUER_URL,
});
const app = createPatientApp({ ...simulators, clinicNumber: demoClinic.location.number });
const server = app.listen(config.PORT, config.LISTEN_HOST);
await once(server, 'listening');
console.log(`text the desk: curl -d 'Hi, how much is botox?' http://localhost:${config.PORT}/texts`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
    void Promise.all([stopSimulators(simulators), issuer.stop()]).then(() => process.exit(0));
  });
}
