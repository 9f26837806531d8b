/** What a schema found wrong, by field and rule. Never the values. */
export function faultsOf(error: {
  issues: readonly { path: readonly PropertyKey[]; code?: string | undefined }[];
}): string {
  return error.issues
    .map(({ path, code }) => `${path.map(String).join('.') || 'the whole'} (${code ?? 'wrong'})`)
    .join(', ');
}
