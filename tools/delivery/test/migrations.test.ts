import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeChange, judgeMigration, statementsOf } from '@frontdesk/delivery';

const root = join(import.meta.dirname, '..', '..', '..');
const file = 'migrations/0099_next.sql';
const reasons = (sql: string) =>
  judgeMigration(file, `-- What it does. Safe online.\n${sql}`).map(({ reason }) => reason);

describe('a migration', () => {
  it.each([
    ['drop table visits;', 'drops what a running release may read'],
    ['alter table visits drop column note;', 'drops a column'],
    ['alter table visits drop note;', 'drops a column'],
    ['alter table only visits\n  add column a int,\n  drop column if exists b;', 'drops a column'],
    ['alter table visits rename column note to remark;', 'renames what a running release calls by its old name'],
    ['alter table visits rename to appointments;', 'renames what a running release calls by its old name'],
    ['alter type state rename value "a" to "b";', 'renames what a running release calls by its old name'],
    ['alter table visits alter column minutes type bigint;', 'changes the type of a column'],
    ['alter table visits alter note set not null;', 'demands a value that a running release may not write'],
    ['alter table visits add column note text not null;', 'demands a value that a running release does not write'],
    ['alter table visits add note numeric(10, 2) not null;', 'demands a value that a running release does not write'],
    ['truncate visits;', 'empties a table'],
    ['delete from visits;', 'deletes rows'],
    ['revoke select on visits from frontdesk_payments;', 'takes away what a running release may use'],
    ['drop function due_sends(integer);', 'drops what a running release may use'],
    ['lock table visits;', 'locks a table'],
    ['vacuum full visits;', 'locks a table while it runs'],
  ])('is refused when it contracts or stops others: %s', (sql, reason) => {
    expect(reasons(sql)).toContain(reason);
  });

  it.each([
    'create table visits (id uuid not null, note text);',
    'alter table visits add column note text;',
    "alter table visits add column note text not null default '';",
    'alter table visits add column at timestamptz not null generated always as (now()) stored;',
    'alter table visits drop constraint visits_state_check, add constraint visits_state_check check (state is not null) not valid;',
    'alter table visits alter column note drop not null;',
    'revoke execute on function due(integer) from public;',
    "insert into notes values ('drop table visits; truncate visits');",
    'create function f() returns void language plpgsql as $$ begin delete from visits; drop table visits; end $$;',
    '-- drop table visits;\n/* truncate visits; */ select 1;',
  ])('may expand: %s', (sql) => {
    expect(reasons(sql)).toEqual([]);
  });

  it('may contract when its first line names the release that stopped using what goes', () => {
    const contract =
      '-- contract: 1.8.0 was the last release that read visits.note\nalter table visits drop column note;';
    expect(judgeMigration(file, contract)).toEqual([]);
    expect(
      judgeMigration(file, '-- contract: soon\nalter table visits drop column note;').map(({ reason }) => reason),
    ).toEqual(['names no release, or not what it stopped using', 'drops a column']);
  });

  it('says in its first line what it does', () => {
    expect(judgeMigration(file, 'select 1;')).toMatchObject([{ line: 1 }]);
  });

  it('is shown where it is wrong', () => {
    expect(judgeMigration(file, '-- Two. Safe online.\nselect 1;\n\ntruncate visits;')).toMatchObject([{ line: 4 }]);
    expect(statementsOf("select ';'; select 2").map(({ line }) => line)).toEqual([1, 1]);
  });

  it.each(globSync('migrations/*.sql', { cwd: root }).toSorted())(
    'of this project may run while the release before serves: %s',
    (each) => {
      expect(judgeMigration(each, readFileSync(join(root, each), 'utf8'))).toEqual([]);
    },
  );
});

describe('a change of the migrations', () => {
  const before = ['migrations/0001_a.sql', 'migrations/0002_b.sql'];

  it('adds behind what may have run, and never edits it', () => {
    expect(judgeChange([{ status: 'A', file: 'migrations/0003_c.sql' }], before)).toEqual([]);
    expect(judgeChange([{ status: 'M', file: 'migrations/0001_a.sql' }], before)).toHaveLength(1);
    expect(judgeChange([{ status: 'D', file: 'migrations/0002_b.sql' }], before)).toHaveLength(1);
    expect(judgeChange([{ status: 'A', file: 'migrations/0001_z.sql' }], before)).toMatchObject([
      { reason: 'comes before migrations/0002_b.sql, which may have run already' },
    ]);
  });
});
