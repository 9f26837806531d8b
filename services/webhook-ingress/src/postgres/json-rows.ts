/** The rows as the JSON parameter of `jsonb_to_recordset`. Instants and ids are strings in it; dates are ISO. */
export function jsonRows(rows: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify(rows);
}
