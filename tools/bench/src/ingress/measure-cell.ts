import type pg from 'pg';
import type { Arm } from './arms.ts';
import type { BenchDatabase } from './bench-database.ts';
import { cpuTimeOfTree } from '../cpu-time.ts';
import { drive, type Drive } from './drive.ts';
import type { Written } from './signed-webhooks.ts';

/** One run of one arm. `microsEach` is the processor time of its process and of Postgres, null where it is unknown. */
export type Cell = Drive & { arm: Arm['name']; microsEach: number | null };

/**
 * Sends the requests to the arm on a freshly vacuumed database.
 * @throws Error when the rows do not add up to the accepted requests: then the cell is void
 */
export async function measureCell(
  { owner, serverPid }: BenchDatabase,
  arm: Arm,
  { requests, texts }: Written,
  connections: number,
): Promise<Cell> {
  await owner.query('vacuum analyze');
  await owner.query('checkpoint');
  const expected = arm.tables.map((table) => ({ table, rows: requests.length }));
  if (arm.textTable !== null) expected.push({ table: arm.textTable, rows: texts });
  const tables = expected.map(({ table }) => table);
  const before = await counts(owner, tables);
  const cpuBefore = await cpuTime(arm.pid, serverPid);
  const result = await drive(arm.port, requests, connections);
  const cpuAfter = await cpuTime(arm.pid, serverPid);
  const added = (await counts(owner, tables)).map((count, n) => count - (before[n] ?? 0));
  if (added.some((count, n) => count !== expected[n]?.rows)) {
    throw new Error(`${arm.name} accepted ${requests.length} and stored ${added.join(', ')}: the cell is void`);
  }
  const micros = cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore;
  return { ...result, arm: arm.name, microsEach: micros === null ? null : micros / requests.length };
}

async function cpuTime(armPid: number, serverPid: number): Promise<number | null> {
  const [arm, server] = [await cpuTimeOfTree(armPid), await cpuTimeOfTree(serverPid)];
  return arm === null || server === null ? null : arm + server;
}

async function counts(owner: pg.Pool, tables: readonly string[]): Promise<number[]> {
  const found: number[] = [];
  for (const table of tables) {
    const { rows } = await owner.query<{ count: number }>(`select count(*)::int as count from ${table}`);
    found.push(rows[0]?.count ?? 0);
  }
  return found;
}
