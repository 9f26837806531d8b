/**
 * The values of a template as WhatsApp takes them: on one line and without long gaps (Meta's error 132018), and never empty.
 */
export function templateVariables(values: readonly string[]): string[] {
  return values.map((value) => value.replaceAll(/\s+/g, ' ').trim()).map((value) => (value === '' ? '-' : value));
}
