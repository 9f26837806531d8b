/** The rows as the JSON parameter of `jsonb_to_recordset`. Instants and ids are strings in it; dates are ISO. */
export function jsonRows(rows: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify(rows);
}

/** As `jsonRows`, with one column that is JSON already and is not encoded again. */
export function jsonRowsWith(
  column: string,
  rows: readonly { readonly row: Readonly<Record<string, unknown>>; readonly json: string }[],
): string {
  return `[${rows.map(({ row, json }) => `${JSON.stringify(row).slice(0, -1)},"${column}":${json}}`).join(',')}]`;
}
