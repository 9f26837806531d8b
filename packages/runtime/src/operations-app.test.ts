import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { nullLogger } from '@frontdesk/kernel';
import { listen, type Listener } from './listen.ts';
import { meter } from './meter.ts';
import { createOperationsApp, type Check } from './operations-app.ts';
import { startTelemetry, type Telemetry } from './telemetry.ts';

let telemetry: Telemetry;
let listener: Listener;

beforeAll(() => {
  telemetry = startTelemetry({ service: 'payments' });
});
afterAll(() => telemetry.shutdown());
afterEach(() => listener.close());

async function ask(path: string, checks: Record<string, Check> = {}): Promise<Response> {
  const app = createOperationsApp({ service: 'payments', checks, telemetry, logger: nullLogger, checkTimeoutMs: 50 });
  listener = await listen(app, 0);
  return fetch(`http://127.0.0.1:${listener.port}${path}`);
}

const works = async () => {};
const fails = async () => {
  throw new Error('connection refused by 10.0.0.7');
};
const hangs = () => new Promise<never>(() => {});

describe('/health', () => {
  it('answers while the process runs, whatever the dependencies do', async () => {
    const answer = await ask('/health', { postgres: fails });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ service: 'payments', status: 'ok' });
  });
});

describe('/ready', () => {
  it('is 200 when every dependency answers', async () => {
    const answer = await ask('/ready', { postgres: works, sqs: works });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ service: 'payments', ready: true, failing: [] });
  });

  it('is 503 and names those that fail or do not answer in time, and nothing more about them', async () => {
    const answer = await ask('/ready', { postgres: fails, sqs: hangs, square: works });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ service: 'payments', ready: false, failing: ['postgres', 'sqs'] });
  });
});

describe('/metrics', () => {
  it("shows what the service counts, in Prometheus' format", async () => {
    meter().createCounter('frontdesk_test_texts').add(3, { kind: 'reply' });
    const answer = await ask('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toMatch(/frontdesk_test_texts_total\{.*kind="reply".*\} 3/);
  });
});

describe('any other path', () => {
  it('is 404', async () => {
    expect((await ask('/elsewhere')).status).toBe(404);
  });
});
