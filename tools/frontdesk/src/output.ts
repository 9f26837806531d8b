import { styleText } from 'node:util';
import type { OutputStream, Terminal } from './context.ts';
import { CommandFailure, type ExitCode } from './exit-codes.ts';
import { createProgress, type Progress } from './progress.ts';
import { layOut, type Row } from './table.ts';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

/** What a command says. Results go to stdout, everything else to stderr, so that a pipe carries results alone. */
export type Output = {
  /** Rows under the names of their columns. */
  table(rows: readonly Row[]): void;
  /** The same result for machines: one JSON document. */
  json(value: unknown): void;
  line(text?: string): void;
  /** Something to know that is no result. */
  note(text: string): void;
  /** A bar on stderr, on a terminal alone. */
  progress(label: string, total: number): Progress;
  /** Ends the command. */
  fail(message: string, code: ExitCode): never;
  /** Colours on a terminal, never with NO_COLOR; plain text elsewhere. */
  paint(style: Style, text: string): string;
};

export function createOutput({ stdout, stderr, env }: Terminal): Output {
  const colours = (stream: OutputStream) =>
    stream.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  const painter = (stream: OutputStream) => (style: Style, text: string) =>
    colours(stream) ? styleText(style, text, { validateStream: false }) : text;
  const line = (text = '') => void stdout.write(`${text}\n`);
  return {
    table: (rows) => layOut(rows, (heading) => painter(stdout)('bold', heading)).forEach(line),
    json: (value) => line(JSON.stringify(value, null, 2)),
    line,
    note: (text) => void stderr.write(`${painter(stderr)('dim', text)}\n`),
    progress: (label, total) => createProgress(stderr, label, total),
    fail(message, code) {
      throw new CommandFailure(message, code);
    },
    paint: painter(stdout),
  };
}
