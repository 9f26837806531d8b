import { once } from 'node:events';
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
    SQUARE_PORT: port,
    BEDROCK_PORT: port,
    PUBLIC_WEBHOOK_URL: z.url(),
  }),
);

const simulators = await startSimulators(config.PUBLIC_WEBHOOK_URL, [demoClinic], 'friendly', {
  host: config.LISTEN_HOST,
  ports: { telnyx: config.TELNYX_PORT, square: config.SQUARE_PORT, bedrock: config.BEDROCK_PORT },
});
const app = createPatientApp({ ...simulators, clinicNumber: demoClinic.location.number });
const server = app.listen(config.PORT, config.LISTEN_HOST);
await once(server, 'listening');
console.log(`text the desk: curl -d 'Hi, how much is botox?' http://localhost:${config.PORT}/texts`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
    void stopSimulators(simulators).then(() => process.exit(0));
  });
}
