import { startBedrockSimulator } from '@frontdesk/simulators';
import { startFauxqs } from 'fauxqs';

/** The queues and a model that answers at once, in a process of their own, so that the driver keeps its pace. */
const queues = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
const bedrock = await startBedrockSimulator({
  model: () => ({ content: [{ text: 'Happy to help! What is your first name?' }], stopReason: 'end_turn' }),
});
process.send?.({ sqsEndpoint: `http://127.0.0.1:${queues.port}`, bedrockUrl: bedrock.url });
process.once('disconnect', () => process.exit());
