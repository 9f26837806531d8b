import { PassThrough } from 'node:stream';
import { runCommandLine } from '../src/run-command-line.ts';

/** Runs one command in this process, as a terminal that is none: what it said and how it ended. */
export async function run(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [gathering(), gathering()];
  // A stream to write to is all that the command line uses of a terminal's.
  const code = await runCommandLine(words, {
    stdout: stdout.stream as unknown as NodeJS.WriteStream,
    stderr: stderr.stream as unknown as NodeJS.WriteStream,
    env,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function gathering() {
  const stream = new PassThrough();
  const chunks: string[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk.toString('utf8')));
  return { stream, text: () => chunks.join('') };
}
