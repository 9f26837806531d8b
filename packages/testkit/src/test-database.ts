import {
  createDatabase,
  createOperatorDatabase,
  createPool,
  createPrismaDatabase,
  type Database,
  type DatabaseRole,
  type OperatorDatabase,
  type PrismaDatabase,
} from '@frontdesk/db';
import { present } from '@frontdesk/kernel';
import pg from 'pg';

/** A database of one test file, cloned from the migrated template. */
export type TestDatabase = {
  adminUrl: string;
  appUrl: string;
  operatorUrl: string;
  /** The owner's connections, to set the scene and to look at rows of all clinics. */
  owner: pg.Pool;
  /** The database as a service sees it; closed with the rest. */
  as(role: DatabaseRole): Database;
  /** The database as operators see it; closed with the rest. */
  asOperator(): OperatorDatabase;
  prismaAs(role: DatabaseRole): PrismaDatabase;
  /** A plain pool with a service's role; closed with the rest. */
  poolAs(role: DatabaseRole): pg.Pool;
  close(): Promise<void>;
};

let made = 0;

/** Clones the template that the global set-up migrated. Close it when the file is done. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const {
    adminUrl: template,
    appUrl,
    operatorUrl,
  } = JSON.parse(
    present(process.env['FRONTDESK_TEST_POSTGRES'], 'the test server (run jest from the root, whose set-up starts it)'),
  ) as Addresses; // written by global-setup.ts
  const templateName = new URL(template).pathname.slice(1);
  const name = `${templateName}_${process.pid}_${made++}`;
  await onServer(template, `create database ${name} template ${templateName} strategy file_copy`);
  const address = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const opened = openTestDatabase({
    adminUrl: address(template),
    appUrl: address(appUrl),
    operatorUrl: address(operatorUrl),
  });
  return {
    ...opened,
    async close() {
      await opened.close();
      await onServer(template, `drop database ${name} with (force)`);
    },
  };
}

type Addresses = Pick<TestDatabase, 'adminUrl' | 'appUrl' | 'operatorUrl'>;

/** A migrated database of somebody else's making, in the same way; closing it ends the connections alone. */
export function openTestDatabase({ adminUrl, appUrl, operatorUrl }: Addresses): TestDatabase {
  const owner = new pg.Pool({ connectionString: adminUrl, max: 4 });
  owner.on('error', () => {});
  const closers: (() => Promise<unknown>)[] = [() => owner.end()];
  return {
    adminUrl,
    appUrl,
    operatorUrl,
    owner,
    as(role) {
      const database = createDatabase({ url: appUrl, role, max: 5 });
      closers.push(() => database.close());
      return database;
    },
    asOperator() {
      const database = createOperatorDatabase({ url: operatorUrl });
      closers.push(() => database.close());
      return database;
    },
    prismaAs(role) {
      const database = createPrismaDatabase({ url: appUrl, role, max: 5 });
      closers.push(() => database.close());
      return database;
    },
    poolAs(role) {
      const pool = createPool({ url: appUrl, role, max: 5 });
      closers.push(() => pool.end());
      return pool;
    },
    async close() {
      await Promise.all(closers.map((close) => close()));
    },
  };
}

async function onServer(template: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: Object.assign(new URL(template), { pathname: '/postgres' }).href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
