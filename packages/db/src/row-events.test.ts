import { describe, expect, it } from '@jest/globals';
import { writesOf } from './row-events.ts';

describe('the tables that a statement writes', () => {
  it.each([
    ['select 1 from texts', []],
    ['insert into outbox (org_id) values ($1)', [['insert', 'outbox']]],
    ['update conversations set fence = fence + 1 where id = $1', [['update', 'conversations']]],
    ['delete from outbox where id = any($1)', [['delete', 'outbox']]],
    ['UPDATE "public"."deposits" SET "state" = $1', [['update', 'deposits']]],
    ['INSERT INTO "public"."ledger_entries" ("id") VALUES ($1)', [['insert', 'ledger_entries']]],
    ['select id from outbox order by id for update skip locked', []],
    ['select id from conversations for no key update limit 1', []],
    ['select id from texts for update limit 1', []],
    [
      'insert into opt_outs (phone) values ($1) on conflict (phone) do update set opted_out_at = now()',
      [['insert', 'opt_outs']],
    ],
    [
      'with text as (insert into inbound_messages (id) values ($1) returning id)\n insert into outbox(org_id) select $2 from text',
      [
        ['insert', 'inbound_messages'],
        ['insert', 'outbox'],
      ],
    ],
  ])('%s', (sql, expected) => {
    expect(writesOf(sql).map(({ verb, table }) => [verb, table])).toEqual(expected);
  });
});
