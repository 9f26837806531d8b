import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in ticks of ten milliseconds. */
const microsPerTick = 10_000;

type Stat = { parent: number; micros: number };

/** Processor time of a process and all that it started, in microseconds; null where there is no `/proc`. */
export async function cpuTimeOfTree(root: number): Promise<number | null> {
  const stats = await allStats();
  if (stats === null) return null;
  const belongs = (pid: number): boolean => {
    for (let at = pid; at > 1; at = stats.get(at)?.parent ?? 0) if (at === root) return true;
    return false;
  };
  return [...stats].filter(([pid]) => belongs(pid)).reduce((sum, [, { micros }]) => sum + micros, 0);
}

/** The process that started this one. */
export async function parentOf(pid: number): Promise<number> {
  return (await allStats())?.get(pid)?.parent ?? 0;
}

async function allStats(): Promise<Map<number, Stat> | null> {
  const entries = await readdir('/proc').catch(() => null);
  if (entries === null) return null;
  const stats = await Promise.all(
    entries
      .map(Number)
      .filter(Number.isInteger)
      .map(async (pid) => [pid, await statOf(pid)] as const),
  );
  return new Map(stats.flatMap(([pid, stat]) => (stat === null ? [] : [[pid, stat] as const])));
}

async function statOf(pid: number): Promise<Stat | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null); // it may have ended meanwhile
  if (text === null) return null;
  // After the name, which may hold anything: state, parent, …, own time in user and system mode, time of ended children.
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const ticks = [11, 12, 13, 14].reduce((sum, n) => sum + (fields[n] ?? 0), 0);
  return { parent: fields[1] ?? 0, micros: ticks * microsPerTick };
}
