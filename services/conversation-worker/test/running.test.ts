import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contexts, TextReceivedV1 } from '@frontdesk/contracts';
import { appendEvent } from '@frontdesk/db';
import { nullLogger } from '@frontdesk/kernel';
import { createRelay, type Relay } from '@frontdesk/queue';
import { startBedrockSimulator, type BedrockSimulator } from '@frontdesk/simulators';
import { createTestQueues, type TestQueues, until } from '@frontdesk/testkit';
import { compose } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';
import { meet, newClinic, openScene, type Patient, type Scene } from './scene.ts';

let scene: Scene;
let queues: TestQueues;
let bedrock: BedrockSimulator;
let relay: Relay;
let environment: Record<string, string>;
beforeAll(async () => {
  [scene, queues, bedrock] = await Promise.all([
    openScene(),
    createTestQueues(),
    startBedrockSimulator({ model: 'friendly' }),
  ]);
  relay = createRelay({
    pool: scene.server.poolAs('frontdesk_relay'),
    producer: 'webhook-ingress',
    sqs: queues.sqs,
    logger: nullLogger,
    pollMs: 50,
  });
  relay.start();
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  environment = {
    FRONTDESK_ENV: 'test',
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: scene.server.appUrl,
    AWS_ENDPOINT_URL: queues.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    BEDROCK_ENDPOINT: bedrock.url,
    BEDROCK_MODEL_ID: 'us.anthropic.claude-haiku-5-5',
    BURST_QUIET_MS: '0',
    TURN_LEASE_MS: '1000',
    UNANSWERED_AFTER_MS: '300',
    SWEEP_EVERY_MS: '100',
    QUEUE_VISIBILITY_SECONDS: '1',
  };
});
afterAll(async () => {
  await relay.stop();
  await Promise.all([queues.close(), bedrock.stop(), scene.server.close()]);
});

/** The text is stored and its bell is on the way. */
async function ring(patient: Patient, body: string): Promise<void> {
  const { orgId, conversationId } = patient;
  const messageId = await patient.texts(body);
  await scene.ingress.inTenant(orgId, (tx) =>
    appendEvent(tx, {
      definition: TextReceivedV1,
      orgId,
      data: { conversationId, messageId },
      occurredAt: Temporal.Now.instant(),
      correlationId: conversationId,
      causationId: null,
    }),
  );
  relay.poke();
}

async function withService(during: () => Promise<unknown>): Promise<void> {
  const service = compose(await loadConfig(environment));
  await service.start();
  try {
    await during();
  } finally {
    await service.stop();
  }
}

const heardSomething = (patient: Patient) => async () => (await patient.heard()).length > 0;
const atRest = async () => (await queues.depth(contexts.conversation.queue)) === 0;

describe('the running service', () => {
  it('answers texts that come by the queue, and publishes what follows', async () => {
    const clinic = await newClinic(scene);
    const people = await Promise.all(Array.from({ length: 5 }, () => meet(scene, clinic)));
    await withService(async () => {
      await Promise.all(people.map((patient) => ring(patient, 'How much is botox?')));
      await until('all answers', async () =>
        (await Promise.all(people.map((patient) => heardSomething(patient)()))).every(Boolean),
      );
      await until('an empty queue', atRest);
      await until('five texts to send', async () => (await queues.depth(contexts.messaging.queue)) === 5);
    });
    for (const patient of people) expect(await patient.heard()).toEqual([expect.stringContaining('$12')]);
  });

  it('answers a text whose bell was lost', async () => {
    const ana = await meet(scene, await newClinic(scene));
    await ana.texts('How much is a facial?');
    await withService(() => until('the answer', heardSomething(ana)));
    expect(await ana.heard()).toHaveLength(1);
  });
});

describe('a service that is killed', () => {
  const points = ['turn.after-lease', 'turn.after-model', 'turn.after-tool', 'turn.before-commit', 'turn.after-commit'];
  it.each(points)('at %s answers once all the same', async (failpoint) => {
    const ana = await meet(scene, await newClinic(scene));
    const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    const env = { ...environment, PATH: String(process.env['PATH']), FAILPOINTS: failpoint };
    const service = spawn(process.execPath, [main], { env, stdio: 'ignore' });
    await ring(ana, 'How much is botox?');
    const deadline = setTimeout(() => service.kill('SIGTERM'), 40_000);
    const [, signal] = (await once(service, 'exit')) as [number | null, NodeJS.Signals | null]; // as node documents
    clearTimeout(deadline);
    expect(signal).toBe('SIGKILL');
    const asked = bedrock.requests.length;
    await withService(async () => {
      await until('the answer', heardSomething(ana));
      await until('an empty queue', atRest);
    });
    expect(await ana.heard()).toEqual([expect.stringContaining('$12')]);
    expect(await ana.turns()).toMatchObject([{ state: 'answered' }]);
    if (failpoint === 'turn.after-tool') expect(bedrock.requests.length - asked).toBe(1);
    if (failpoint === 'turn.after-commit') expect(bedrock.requests.length - asked).toBe(0);
  });
});
