import { expect, it } from '@jest/globals';
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded-postgres.ts';

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

it('comes back from a crash with all that was committed', async () => {
  const server = await startEmbeddedPostgres({ durable: false });
  try {
    const url = server.adminUrl('postgres');
    await ask(url, 'set synchronous_commit = on; create table kept as select 7 as n');
    await server.crash();
    await expect(ask(url, 'select 1')).rejects.toThrow(/connect|terminat|ECONNREFUSED|closed/i);
    await server.revive();
    expect(await ask(url, 'select n from kept')).toEqual([{ n: 7 }]);
  } finally {
    await server.stop();
  }
}, 180_000);
