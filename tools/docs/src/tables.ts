import { readFile } from 'node:fs/promises';

/** The root of the repository. */
export const root = new URL('../../../', import.meta.url);

export const readText = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

/** The rows of the Markdown table below a heading whose first cell of the header is `first`: the cells by the name of their column. */
export function tableOf(markdown: string, first: string): Record<string, string>[] {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${first} |`));
  if (start < 0) throw new Error(`no table begins with the column ${first}`);
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const names = cells(lines[start] ?? '');
  const end = lines.findIndex((line, n) => n > start && !line.startsWith('|'));
  return lines
    .slice(start + 2, end < 0 ? undefined : end)
    .map((line) => Object.fromEntries(cells(line).map((cell, n) => [names[n] ?? '', cell])));
}

/** What stands between backticks. */
export const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
