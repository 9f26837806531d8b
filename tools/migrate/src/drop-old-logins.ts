import type { Login } from '@frontdesk/db/migrate';
import pg from 'pg';

/**
 * Drops the logins that a rotation has left behind. A login ends in `_login_` and its generation; the one before the given
 * one stays, because tasks that are about to be replaced still use it.
 */
export async function dropOldLogins(adminUrl: string, logins: readonly Login[]): Promise<void> {
  const owner = new pg.Client({ connectionString: adminUrl });
  await owner.connect();
  try {
    for (const { url } of logins) await dropGenerationsBefore(owner, decodeURIComponent(new URL(url).username));
  } finally {
    await owner.end();
  }
}

async function dropGenerationsBefore(owner: pg.Client, login: string): Promise<void> {
  const { family, generation } = /^(?<family>.+_login_)(?<generation>\d{1,6})$/.exec(login)?.groups ?? {};
  if (family === undefined) return;
  const { rows } = await owner.query<{ rolname: string }>(
    'select rolname from pg_roles where starts_with(rolname, $1)',
    [family],
  );
  for (const { rolname } of rows) {
    const number = rolname.slice(family.length);
    if (!/^\d{1,6}$/.test(number) || Number(number) >= Number(generation) - 1) continue;
    await owner.query(`drop role ${pg.escapeIdentifier(rolname)}`);
  }
}
