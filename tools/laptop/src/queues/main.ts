import { contexts, type ContextName } from '@frontdesk/contracts';
import { createSqs, ensureQueues } from '@frontdesk/queue';
import { loadConfig } from '@frontdesk/runtime';
import { z } from 'zod';

const config = await loadConfig(z.object({ AWS_ENDPOINT_URL: z.url(), AWS_REGION: z.string().min(1) }));

const sqs = createSqs({ endpoint: config.AWS_ENDPOINT_URL, region: config.AWS_REGION });
await ensureQueues(sqs);
sqs.destroy();
for (const name of Object.keys(contexts) as ContextName[]) {
  // the keys of the object in the contracts
  console.log(`${contexts[name].queue}, ${contexts[name].deadLetterQueue}`);
}
