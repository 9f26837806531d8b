import { createSqs, ensureQueues } from '@frontdesk/queue';
import { startFauxqs } from 'fauxqs';
import { queueCredentials } from './service-environments.ts';

export type RunningQueues = { endpoint: string; stop(): Promise<void> };

/** The given queue service, or an emulator in this process, with every queue of the contracts. */
export async function startQueues(given: string | undefined): Promise<RunningQueues> {
  const emulator = given === undefined ? await startFauxqs({ port: 0, host: '127.0.0.1', logger: false }) : null;
  const endpoint = given ?? `http://127.0.0.1:${emulator?.port}`;
  const sqs = createSqs({ endpoint, region: queueCredentials(process.env).AWS_REGION });
  try {
    await ensureQueues(sqs);
  } catch (error) {
    await emulator?.stop();
    throw error;
  } finally {
    sqs.destroy();
  }
  return { endpoint, stop: async () => emulator?.stop() };
}
