import { fork } from 'node:child_process';
import { once } from 'node:events';
import { demoClinic } from '@frontdesk/local-stack';
import { startStack, type Stack } from '@frontdesk/local-stack/stack';
import { build, type Histogram } from 'hdr-histogram-js';
import pg from 'pg';
import { cpuTimeOfTree } from '../cpu-time.ts';

export type PathOptions = {
  /** New conversations a second, whether or not earlier ones are answered. */
  perSecond: number;
  seconds: number;
  warmUpSeconds: number;
};

export type PathResult = {
  sent: number;
  answered: number;
  twice: number;
  refused: number;
  p50: number;
  p99: number;
  max: number;
  sendLagP99: number;
  /** Processor time of everything together, driver and simulators included, in milliseconds; null where it is unknown. */
  processorMsEach: number | null;
};

/**
 * Text in to reply at the carrier, in milliseconds from the moment the text was due to be sent (open loop), with a model that
 * answers at once and no wait for bursts. Each text opens a conversation of its own.
 */
export async function measurePath(options: PathOptions): Promise<PathResult> {
  const outside = await startOutside();
  const stack = await startStack({
    clinics: [demoClinic],
    durable: true,
    given: { sqsEndpoint: outside.sqsEndpoint },
    environment: {
      all: { LOG_LEVEL: 'error' },
      // The path is measured, not the limit of an account.
      'messaging-worker': { TELNYX_TEXTS_PER_SECOND: '10000' },
      'conversation-worker': { BURST_QUIET_MS: '0', BEDROCK_ENDPOINT: outside.bedrockUrl },
    },
  });
  try {
    // Receipts are part of every text's life, but not of the way to the carrier: they come after the round.
    stack.simulators.telnyx.planReceipts({ hold: true });
    await run(stack, { ...options, seconds: options.warmUpSeconds }, 2_000_000);
    // What a database that is some hours old has, too.
    await analyze(stack.database.adminUrl);
    const before = await cpuTimeOfTree(process.pid);
    const measured = await run(stack, options, 3_000_000);
    const after = await cpuTimeOfTree(process.pid);
    const micros = before === null || after === null ? null : (after - before) / measured.sent;
    return { ...measured, processorMsEach: micros === null ? null : ms(micros) };
  } finally {
    await stack.stop();
    outside.stop();
  }
}

async function startOutside(): Promise<{ sqsEndpoint: string; bedrockUrl: string; stop(): void }> {
  const child = fork(new URL('./outside-process.ts', import.meta.url));
  const [addresses] = (await once(child, 'message')) as [{ sqsEndpoint: string; bedrockUrl: string }]; // what it sends
  return { ...addresses, stop: () => child.disconnect() };
}

async function analyze(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query('vacuum analyze');
  await owner.end();
}

type Measured = Omit<PathResult, 'processorMsEach'>;

async function run(stack: Stack, { perSecond, seconds }: PathOptions, firstPerson: number): Promise<Measured> {
  const { telnyx } = stack.simulators;
  const latency = build({ numberOfSignificantValueDigits: 3 });
  const lag = build({ numberOfSignificantValueDigits: 3 });
  const total = perSecond * seconds;
  const due = new Map<string, number>();
  const answers = new Map<string, number>();
  let refused = 0;
  const forget = telnyx.onText(({ to }) => {
    const dueAt = due.get(to);
    if (dueAt === undefined) return;
    answers.set(to, (answers.get(to) ?? 0) + 1);
    if (answers.get(to) === 1) record(latency, performance.now() - dueAt);
  });
  const start = performance.now() + 100;
  let next = 0;
  await new Promise<void>((finish) => {
    const tick = () => {
      const now = performance.now();
      while (next < total && start + (next * 1000) / perSecond <= now) {
        const dueAt = start + (next * 1000) / perSecond;
        const person = `+1602${String(firstPerson + next).padStart(7, '0')}`;
        due.set(person, dueAt);
        record(lag, now - dueAt);
        const text = { from: person, to: demoClinic.location.number, text: 'Hi, do you have openings?' };
        void telnyx.receiveText(text).then(({ status }) => (refused += status === 200 ? 0 : 1));
        next += 1;
      }
      if (next < total) setTimeout(tick, 1);
      else finish();
    };
    tick();
  });
  const deadline = performance.now() + 15_000;
  while (answers.size < total && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  forget();
  return {
    sent: total,
    answered: answers.size,
    twice: [...answers.values()].filter((times) => times > 1).length,
    refused,
    p50: ms(latency.getValueAtPercentile(50)),
    p99: ms(latency.getValueAtPercentile(99)),
    max: ms(latency.maxValue),
    sendLagP99: ms(lag.getValueAtPercentile(99)),
  };
}

const record = (histogram: Histogram, milliseconds: number) =>
  histogram.recordValue(Math.max(1, Math.round(milliseconds * 1000)));
const ms = (microseconds: number) => Math.round(microseconds / 100) / 10;
