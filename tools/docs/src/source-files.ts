import { glob, readFile } from 'node:fs/promises';
import { root } from './tables.ts';

/** The code that runs in production, by path: sources of services and packages without their tests. */
export async function readSources(): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  for await (const path of glob('{packages,services}/*/src/**/*.ts', { cwd: root })) {
    if (path.endsWith('.test.ts') || path.includes('/generated/')) continue;
    sources.set(path, await readFile(new URL(path, root), 'utf8'));
  }
  return sources;
}

const call = /\blogger\s*\.(info|warn|error)\(/g;
const literal = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g;

/** The log lines of a source: level and sentence, where the sentence is written out in the call. */
export function logLinesOf(source: string): { level: string; line: string }[] {
  return [...source.matchAll(call)].flatMap(({ 1: level = '', index, 0: { length } }) => {
    const last = [...argumentsAt(source, index + length).matchAll(literal)].at(-1);
    const line = last?.[1] ?? last?.[2];
    return line === undefined || !/[a-z]/.test(line) ? [] : [{ level, line }];
  });
}

/** The text between the parenthesis before `start` and the one that closes it. */
function argumentsAt(source: string, start: number): string {
  let depth = 1;
  for (const { 0: token, index } of source.slice(start).matchAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[()]/g)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0) return source.slice(start, start + index);
  }
  return '';
}
