import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Image } from '../build/image.ts';

export type ContainerOptions = {
  /** What it is called in messages. */
  name: string;
  image: Image;
  /** In place of the image's own. */
  command?: readonly string[] | undefined;
  environment: Readonly<Record<string, string>>;
};

/** A process that runs as the image says, without a container around it. */
export type Container = {
  readonly name: string;
  /** What it printed, oldest first; the newest thousand lines. */
  readonly lines: readonly string[];
  /** Waits until the image's own health check says yes. */
  untilHealthy: (withinMs?: number) => Promise<void>;
  /** Waits until it ends by itself. */
  untilExit: (withinMs?: number) => Promise<number | null>;
  /** SIGTERM, as an engine stops a container; resolves with the exit code. Null: it had to be killed. */
  stop: (graceMs?: number) => Promise<number | null>;
};

const keptLines = 1_000;
const shownLines = 20;

export function startContainer({ name, image, command, environment }: ContainerOptions): Container {
  const settings = { ...pathOf(image), ...image.environment, ...environment };
  const child = spawnIn(image, [...image.entrypoint, ...(command ?? image.command)], settings);
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
    });
  }
  const failed = (what: string) =>
    new Error(`${name} ${what}. Its last words:\n${lines.slice(-shownLines).join('\n')}`);
  return {
    name,
    lines,
    async untilHealthy(withinMs = 120_000) {
      if (image.healthCheck === null) throw failed('has no health check');
      const deadline = Date.now() + withinMs;
      while (Date.now() < deadline) {
        if (hasEnded(child)) throw failed(`ended with ${child.signalCode ?? child.exitCode} before it was healthy`);
        if ((await exitOf(spawnIn(image, image.healthCheck, settings))) === 0) return;
        await wait(100);
      }
      throw failed(`was not healthy within ${withinMs} ms`);
    },
    async untilExit(withinMs = 60_000) {
      if (!hasEnded(child)) {
        await once(child, 'close', { signal: AbortSignal.timeout(withinMs) }).catch(() => {
          throw failed(`still runs after ${withinMs} ms`);
        });
      }
      if (child.exitCode !== 0) throw failed(`ended with ${child.signalCode ?? child.exitCode}`);
      return child.exitCode;
    },
    async stop(graceMs = 30_000) {
      if (hasEnded(child)) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(kill);
      return child.exitCode;
    },
  };
}

function spawnIn(image: Image, words: readonly string[], environment: Record<string, string>): ChildProcess {
  const [program = '', ...args] = words.map((word) => word.replace(/^deployable\//, `${image.deployablePath}/`));
  // Only root may become the image's user; the repository itself need not be readable by it.
  const user = process.getuid?.() === 0 && image.built !== null ? image.user : {};
  return spawn(nodeOf(image, program), args, {
    cwd: image.folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...user,
  });
}

/** An image has nothing of this machine on its path. */
const pathOf = (image: Image): Record<string, string> =>
  image.built === null ? {} : { PATH: join(image.built.root, 'usr/local/bin') };

function nodeOf({ built }: Image, program: string): string {
  if (program !== 'node') throw new Error(`containers start node, not ${program}`);
  return built === null ? process.execPath : join(built.root, 'usr/local/bin/node');
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  await once(child, 'exit');
  return child.exitCode;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
