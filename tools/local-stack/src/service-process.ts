import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ServiceName } from '@frontdesk/contracts';

/** A service, or all of them in one process. */
export type ProcessName = ServiceName | 'all-in-one';

export type Environment = Readonly<Record<string, string>>;

/** A running service, in a process of its own. */
export type ServiceProcess = {
  readonly name: ProcessName;
  readonly pid: number;
  readonly port: number;
  readonly url: string;
  /** What it printed, newest last, since its first start; the newest 1,000 lines. */
  readonly logs: readonly string[];
  /** Sends the signal and waits until the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Waits until the process ended by itself, as at a failpoint. */
  untilExit(withinMs?: number): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Ends it if it runs, starts it again on the same port with the settings changed for this run, and waits until it is ready. */
  restart(changes?: Environment): Promise<void>;
  /** Arms the failpoint: in the process that runs, else in a new one, which work that waits may kill before it is ready. */
  arm(failpoint: string): Promise<void>;
  /** Whether somebody reads what it prints; else the pipe between fills up. */
  readLogs(read: boolean): void;
  /** SIGTERM, and SIGKILL when that takes too long. */
  stop(): Promise<void>;
};

export type ServiceProcessOptions = {
  name: ProcessName;
  port: number;
  environment: Environment;
  /** How long a start may take until /ready says yes. */
  readyWithinMs: number;
  stopWithinMs: number;
  onLog?: ((service: ProcessName, line: string) => void) | undefined;
};

const keptLines = 1_000;
const shownLines = 20;
const leash = new URL('./leash.ts', import.meta.url).href;

/** Starts a service as `node services/<name>/src/main.ts` and waits until it is ready. */
export async function startService(options: ServiceProcessOptions): Promise<ServiceProcess> {
  const { name, port, environment, stopWithinMs } = options;
  const logs: string[] = [];
  const url = `http://127.0.0.1:${port}`;
  const spawnKept = (changes: Environment) => {
    const started = spawnService(name, { ...environment, ...changes, PORT: String(port) });
    keepLines(started, (line) => {
      logs.push(line);
      if (logs.length > keptLines) logs.shift();
      options.onLog?.(name, line);
    });
    return started;
  };
  const start = async (changes: Environment) => {
    const started = spawnKept(changes);
    try {
      await untilReady(started, `${url}/ready`, options.readyWithinMs);
    } catch (error) {
      await end(started, 'SIGKILL', stopWithinMs);
      const tail = logs.slice(-shownLines).join('\n');
      throw new Error(`${name} ${error instanceof Error ? error.message : String(error)}. Its last words:\n${tail}`, {
        cause: error,
      });
    }
    return started;
  };
  let running = await start({});
  return {
    name,
    port,
    url,
    logs,
    get pid() {
      return running.pid ?? 0;
    },
    kill: (signal) => end(running, signal, stopWithinMs),
    untilExit: (withinMs = 60_000) => untilExit(running, name, withinMs),
    async restart(changes = {}) {
      await end(running, 'SIGTERM', stopWithinMs);
      running = await start(changes);
    },
    async arm(failpoint) {
      if (!hasEnded(running)) return armRunning(running, failpoint);
      running = spawnKept({ FAILPOINTS: failpoint });
      await untilReady(running, `${url}/ready`, options.readyWithinMs).catch((error: unknown) => {
        if (running.signalCode !== 'SIGKILL') throw error;
      });
    },
    readLogs(read) {
      for (const stream of [running.stdout, running.stderr]) {
        if (read) stream?.resume();
        else stream?.pause();
      }
    },
    stop: () => end(running, 'SIGTERM', stopWithinMs),
  };
}

/** In a process group of its own, so that Ctrl-C in a terminal reaches only the parent, which stops all in order. */
function spawnService(name: ProcessName, environment: Environment): ChildProcess {
  const main = fileURLToPath(new URL(`../../../services/${name}/src/main.ts`, import.meta.url));
  return spawn(process.execPath, ['--import', leash, main], {
    env: environment,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'ipc'],
  });
}

/** Resolves when the failpoint is armed, or the process is dead of it already. */
async function armRunning(child: ChildProcess, failpoint: string): Promise<void> {
  const answered = Promise.race([once(child, 'message'), once(child, 'exit')]);
  child.send({ arm: failpoint }, () => {}); // one that just died says so by its exit
  await answered;
}

function keepLines(child: ChildProcess, keep: (line: string) => void): void {
  child.stdin?.on('error', () => {});
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', keep);
  }
}

async function untilReady(child: ChildProcess, readyUrl: string, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  let lastAnswer = 'never answered';
  while (Date.now() < deadline) {
    if (hasEnded(child)) throw new Error(`ended with ${child.signalCode ?? child.exitCode} before it was ready`);
    try {
      const answer = await fetch(readyUrl, { signal: AbortSignal.timeout(2_000) });
      if (answer.ok) return;
      lastAnswer = `said ${answer.status} ${await answer.text()}`;
    } catch {
      // It does not listen yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`was not ready within ${withinMs} ms (/ready ${lastAnswer})`);
}

async function untilExit(
  child: ChildProcess,
  name: ProcessName,
  withinMs: number,
): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  if (!hasEnded(child)) {
    await once(child, 'exit', { signal: AbortSignal.timeout(withinMs) }).catch(() => {
      throw new Error(`${name} still runs after ${withinMs} ms`);
    });
  }
  return { code: child.exitCode, signal: child.signalCode };
}

async function end(child: ChildProcess, signal: NodeJS.Signals, withinMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  const deadline = setTimeout(() => child.kill('SIGKILL'), withinMs);
  await exited;
  clearTimeout(deadline);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
