/** Whether Postgres refused a row because there is another of its kind, which may be another clinic's. */
export function isUniqueViolation(error: unknown): boolean {
  return Error.isError(error) && 'code' in error && error.code === '23505';
}
