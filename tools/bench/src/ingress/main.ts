import { parseArgs } from 'node:util';
import { startArm, type Arm } from './arms.ts';
import { startBenchDatabase } from './bench-database.ts';
import { drive } from './drive.ts';
import { measureCell, type Cell } from './measure-cell.ts';
import { createWebhookWriter, type Traffic } from './signed-webhooks.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    requests: { type: 'string', default: '15000' },
    connections: { type: 'string', default: '64' },
    traffic: { type: 'string', default: 'mix' },
  },
});
const rounds = Number(values.rounds);
const requests = Number(values.requests);
const connections = Number(values.connections);
const traffic = trafficOf(values.traffic);
const warmUp = 20_000;
const [floor, goal] = [1.4, 2.3];

const database = await startBenchDatabase();
const arms: Arm[] = [];
try {
  const writer = createWebhookWriter(await database.seedClinics(50), { people: 10_000, traffic });
  const ours = await start('frontdesk', { DATABASE_URL: database.appUrl, TELNYX_PUBLIC_KEY: writer.publicKey });
  const bare = await start('bare-express', { DATABASE_URL: database.adminUrl });
  console.log(
    `${database.settings}; ${connections} connections, closed loop, ${requests} webhooks per cell, ${traffic}`,
  );
  // Long enough that both run compiled code and all people are known.
  for (const arm of [ours, bare]) await drive(arm.port, writer.write(warmUp).requests, connections);

  const results: Round[] = [];
  for (let round = 1; round <= rounds; round++) {
    const cells: Cell[] = [];
    for (const arm of [ours, bare, bare, ours]) {
      cells.push(await measureCell(database, arm, writer.write(requests), connections));
    }
    results.push(compare(cells));
    console.log(`round ${round}: ${describe(cells)}, ratio ${results.at(-1)?.rate.toFixed(2)}`);
  }
  const rate = median(results.map((round) => round.rate));
  const cpu = median(results.map((round) => round.cpu));
  console.log(`\ningress: ${rate.toFixed(2)}x the webhooks per second of a bare Express route with one insert`);
  console.log(`         ${cpu.toFixed(2)}x the webhooks per second of processor time (server and Postgres)`);
  console.log(
    `floor ${floor}x ${rate < floor ? 'MISSED' : 'held'}, goal ${goal}x ${rate < goal ? 'not reached' : 'reached'}`,
  );
  console.log('in every cell: accepted = webhook events = outbox rows, and texts = inbound texts');
  if (rate < floor) process.exitCode = 1;
} finally {
  for (const arm of arms) await arm.stop();
  await database.stop();
}

function trafficOf(name: string): Traffic {
  if (name === 'texts' || name === 'receipts' || name === 'mix') return name;
  throw new Error('--traffic is texts, receipts or mix (each text with the two receipts of its answer)');
}

async function start(name: Arm['name'], environment: Record<string, string>): Promise<Arm> {
  const arm = await startArm(name, environment);
  arms.push(arm);
  return arm;
}

/** Ours over bare: how many more webhooks each second, of the clock and of the processor. */
type Round = { rate: number; cpu: number };

function compare(cells: readonly Cell[]): Round {
  const of = (arm: Arm['name'], value: (cell: Cell) => number) =>
    mean(cells.filter((cell) => cell.arm === arm).map(value));
  const perSecond = (arm: Arm['name']) => of(arm, (cell) => cell.perSecond);
  const micros = (arm: Arm['name']) => of(arm, (cell) => cell.microsEach ?? Number.NaN);
  return {
    rate: perSecond('frontdesk') / perSecond('bare-express'),
    cpu: micros('bare-express') / micros('frontdesk'),
  };
}

function describe(cells: readonly Cell[]): string {
  return (['frontdesk', 'bare-express'] as const)
    .map((name) => {
      const own = cells.filter(({ arm }) => arm === name);
      const [rate, p50, p99, micros] = (['perSecond', 'p50Ms', 'p99Ms', 'microsEach'] as const).map((field) =>
        mean(own.map((cell) => cell[field] ?? Number.NaN)).toFixed(0),
      );
      return `${name} ${rate}/s (p50 ${p50} ms, p99 ${p99} ms, ${micros} us of processor each)`;
    })
    .join(', ');
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
