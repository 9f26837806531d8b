import { statementsOf } from './statement.ts';

export type Fault = { file: string; line: number; reason: string };

type Rule = readonly [applies: (statement: string) => boolean, reason: string];

const matches = (pattern: RegExp) => (statement: string) => pattern.test(statement);

/** What a release that still runs may stumble over. */
const contracting: readonly Rule[] = [
  [
    matches(/^drop (table|view|materialized view|schema|type|sequence|extension)\b/i),
    'drops what a running release may read',
  ],
  [matches(/^drop (function|procedure|trigger|policy|role)\b/i), 'drops what a running release may use'],
  [someAction(/^drop (?!constraint|not null|default)/i), 'drops a column'],
  [matches(/^alter \w+\b.*\brename\b/i), 'renames what a running release calls by its old name'],
  [someAction(/^alter (column )?\S+ (set data )?type\b/i), 'changes the type of a column'],
  [someAction(/^alter (column )?\S+ set not null\b/i), 'demands a value that a running release may not write'],
  [
    someAction(/^add (?!.*\b(default|generated)\b)(column )?(?!constraint).*\bnot null\b/i),
    'demands a value that a running release does not write',
  ],
  [matches(/^truncate\b/i), 'empties a table'],
  [matches(/^delete from\b/i), 'deletes rows'],
  [matches(/^revoke\b(?!.*\bfrom public$)/i), 'takes away what a running release may use'],
];

/** What stops everybody else while it runs. */
const locking: readonly Rule[] = [
  [matches(/^(vacuum full|cluster|reindex (?!.*\bconcurrently\b))/i), 'locks a table while it runs'],
  [matches(/^lock table\b/i), 'locks a table'],
];

/** ALTER TABLE does several things at once, with commas between them. */
function someAction(pattern: RegExp): (statement: string) => boolean {
  return (statement) => {
    const [, actions] = /^alter table (?:if exists )?(?:only )?\S+ (.*)$/i.exec(statement) ?? [];
    return actions !== undefined && actions.split(/,(?![^(]*\))/).some((action) => pattern.test(action.trim()));
  };
}

/** `-- contract: 1.8.0 was the last release that read visits.note`, as the first line. */
const contractLine = /^-- contract: \S+ .{20,}/;

/** Migrations up to this one came with the first release: nothing ran before them. */
const ofFirstRelease = 'migrations/0010_grants.sql';

/**
 * A migration runs while the release before it still serves patients: it expands. One that contracts names in its first line
 * the release that stopped using what goes.
 */
export function judgeMigration(file: string, sql: string): Fault[] {
  const isContract = contractLine.test(sql);
  const rules = isContract || file <= ofFirstRelease ? locking : [...contracting, ...locking];
  const faults = statementsOf(sql).flatMap(({ text, line }) =>
    rules.filter(([applies]) => applies(text)).map(([, reason]) => ({ file, line, reason })),
  );
  if (sql.startsWith('-- contract:') && !isContract) {
    faults.unshift({ file, line: 1, reason: 'names no release, or not what it stopped using' });
  }
  if (!sql.startsWith('-- ')) faults.unshift({ file, line: 1, reason: 'does not say in its first line what it does' });
  return faults;
}
