import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { startStack, type Stack, type StackOptions, type StackStep } from './start-stack.ts';

let database: TestDatabase;
let stack: Stack | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => {
  await stack?.stop();
  stack = undefined;
  await database.close();
});

async function start(options: StackOptions = {}): Promise<Stack> {
  stack = await startStack({ given: { database }, migrated: true, services: ['webhook-ingress'], ...options });
  return stack;
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const answersReady = async (url: string) => (await fetch(`${url}/ready`)).ok;

describe('the local stack', () => {
  it('starts what was asked for, tells each step, and leaves no process behind', async () => {
    const steps: StackStep['name'][] = [];
    const { services, stop } = await start({ onStep: ({ name }) => steps.push(name) });
    const { pid, url } = services['webhook-ingress'];
    expect(steps.toSorted()).toEqual(['clinics', 'postgres', 'queues', 'simulators', 'webhook-ingress']);
    expect(await answersReady(url)).toBe(true);
    expect(() => services.payments).toThrow('payments was not among the services to start');
    await stop();
    expect(runs(pid)).toBe(false);
  });

  it('tells which service did not start, with its last words, and stops the rest', async () => {
    await expect(start({ environment: { 'webhook-ingress': { TELNYX_PUBLIC_KEY: '' } } })).rejects.toThrow(
      /webhook-ingress ended with 1 before it was ready[^]*TELNYX_PUBLIC_KEY is missing/,
    );
  });

  it('brings a killed service back on its port, with other settings for that run alone', async () => {
    const { services } = await start();
    const ingress = services['webhook-ingress'];
    const { pid, port } = ingress;
    await ingress.kill('SIGKILL');
    expect(await ingress.untilExit()).toEqual({ code: null, signal: 'SIGKILL' });
    await ingress.restart({ LOG_LEVEL: 'silent' });
    expect(ingress.pid).not.toBe(pid);
    expect(ingress.port).toBe(port);
    expect(await answersReady(ingress.url)).toBe(true);
  });

  it('runs several instances of a service side by side', async () => {
    const { services, startInstance } = await start();
    const second = await startInstance('webhook-ingress');
    expect(second.port).not.toBe(services['webhook-ingress'].port);
    expect(await Promise.all([answersReady(second.url), answersReady(services['webhook-ingress'].url)])).toEqual([
      true,
      true,
    ]);
  });
});
