import { startFauxqs } from 'fauxqs';

/** The SQS of the benchmark, in a process of its own, so that neither relay shares its core with it. */
const server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
process.send?.({ port: server.port });
process.once('disconnect', () => process.exit());
