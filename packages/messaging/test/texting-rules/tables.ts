import { filteredWords } from '../../src/content/filtered-words.ts';
import type { DayHours } from '../../src/quiet-hours/day-hours.ts';
import { federalHours, marketingHours } from '../../src/quiet-hours/hours-of-class.ts';
import { stateRules } from '../../src/quiet-hours/state-rules.ts';

/** The tables of `docs/texting-rules.md` that are printed from the data that the gate reads, by their names there. */
export const tables: Readonly<Record<string, string>> = {
  windows: table(
    ['state', 'weekdays', 'Saturday', 'Sunday', 'holidays', 'source', 'verified by counsel'],
    [
      ['any', words(federalHours), words(federalHours), words(federalHours), '', '47 CFR 64.1200(c)(1)', 'no'],
      ['any, of our own', words(marketingHours), words(marketingHours), words(marketingHours), '', 'caution', ''],
      ...stateRules.map((rule) => [
        rule.state,
        words(rule.weekdays),
        words(rule.saturday),
        words(rule.sunday),
        rule.noHolidays ? 'none' : '',
        rule.source,
        rule.verifiedByCounsel ?? 'no',
      ]),
    ],
  ),
  words: table(
    ['code', 'for instance', 'advice', 'source'],
    filteredWords.map(({ code, words: all, advice, source }) => [code, all.slice(0, 3).join(', '), advice, source]),
  ),
};

/** A page with its tables as the data have them: each stands between `<!-- name -->` and `<!-- end -->`. */
export function withTables(page: string): string {
  return Object.entries(tables).reduce(
    (written, [name, rows]) =>
      written.replace(new RegExp(`(<!-- ${name} -->\n).*?(<!-- end -->)`, 's'), `$1\n${rows}\n\n$2`),
    page,
  );
}

export const page = new URL('../../../../docs/texting-rules.md', import.meta.url);

function words(hours: DayHours | null): string {
  if (hours === null) return 'none';
  return `${hours.opens.toString().slice(0, 5)}-${hours.closes.toString().slice(0, 5)}`;
}

function table(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(names), line(names.map(() => '---')), ...rows.map(line)].join('\n');
}
