import type { ClinicDefinition } from '@frontdesk/clinics';
import { writeClinic } from '@frontdesk/clinics/postgres';
import { transactionOn } from '@frontdesk/db';
import { sealToken, type TokenKeys } from '@frontdesk/kernel';
import type pg from 'pg';

/** Writes the clinic in one transaction, as the owner of the database. A clinic that is there already stays as it is. */
export async function seedClinic(owner: pg.Pool | pg.Client, clinic: ClinicDefinition, keys: TokenKeys): Promise<void> {
  const { depositAccount: account } = clinic;
  const sealed = account === null ? null : { ...account, ...sealToken(account.accessToken, clinic.id, keys) };
  await inTransaction(owner, async (client) => {
    const { rowCount } = await client.query('select 1 from organizations where id = $1', [clinic.id]);
    if (rowCount !== 0) return;
    await client.query("select set_config('app.org_ids', $1, true)", [clinic.id]);
    await writeClinic(transactionOn(client), clinic, sealed);
  });
}

async function inTransaction(
  owner: pg.Pool | pg.Client,
  work: (client: pg.ClientBase) => Promise<void>,
): Promise<void> {
  const pooled = 'totalCount' in owner ? await owner.connect() : null;
  const client = pooled ?? (owner as pg.Client); // a client when it is no pool
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    pooled?.release();
  }
}
