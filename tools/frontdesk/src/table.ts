/** A line of a table: column name to what stands there. Null is shown as a dash. */
export type Row = Readonly<Record<string, string | number | boolean | null>>;

/** The lines of a table with aligned columns; numbers stand to the right. The columns are those of the first row. */
export function layOut(rows: readonly Row[], heading: (text: string) => string = (text) => text): string[] {
  const columns = Object.keys(rows[0] ?? {}).map((name) => {
    const cells = rows.map((row) => shown(row[name] ?? null));
    const numeric = rows.every((row) => typeof row[name] === 'number' || row[name] === null);
    return { name, cells, numeric, width: Math.max(name.length, ...cells.map((cell) => cell.length)) };
  });
  const aligned = (text: string, { width, numeric }: { width: number; numeric: boolean }) =>
    numeric ? text.padStart(width) : text.padEnd(width);
  const body = rows.map((_, n) =>
    columns
      .map((column) => aligned(column.cells[n] ?? '', column))
      .join('  ')
      .trimEnd(),
  );
  if (columns.length === 0) return [];
  return [
    heading(
      columns
        .map((column) => aligned(column.name, column))
        .join('  ')
        .trimEnd(),
    ),
    ...body,
  ];
}

function shown(value: Row[string]): string {
  return value === null ? '–' : String(value);
}
