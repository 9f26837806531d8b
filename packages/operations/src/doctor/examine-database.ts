import {
  assertBoundByRowLevelSecurity,
  isNewEnough,
  newestMigration,
  readSchemaVersion,
  type OperatorDatabase,
} from '@frontdesk/db';
import { ConfigFault, type Clock } from '@frontdesk/kernel';
import { doubtful, fine, wrong, type Finding } from './finding.ts';

export type DatabaseToExamine = {
  pool: Pick<OperatorDatabase['pool'], 'query'>;
  clock: Clock;
  /** Whether alarms live here, rather than in Redis. */
  alarms: boolean;
};

const oldestServer = 160_000;
/** All pools of all services together stay under 80. */
const leastConnections = 100;
const skewSeconds = { doubtful: 2, wrong: 30 };

type Server = {
  version: string;
  number: number;
  connections: number;
  now: Date;
  partitions: string[];
  gist: boolean;
  bullmq: boolean;
};

/** Postgres: its version, the login, migrations, partitions of the coming days, extensions, room for connections, its clock. */
export async function examineDatabase({ pool, clock, alarms }: DatabaseToExamine): Promise<Finding[]> {
  const asked = clock();
  const server = await askServer(pool);
  const answered = clock();
  if (server === null) return [wrong('reachable', 'it answers nothing', 'see that the address is that of Postgres')];
  const { version, number, connections, gist, bullmq } = server;
  return [
    number >= oldestServer
      ? fine('server', `Postgres ${version}`)
      : wrong('server', `Postgres ${version} is too old`, 'use 16 or newer'),
    await login(pool),
    await migrations(pool),
    partitions(server, answered),
    gist
      ? fine('extension', 'btree_gist is there')
      : wrong('extension', 'btree_gist is missing', 'run the migrations as a role that may create it'),
    ...(alarms ? [alarmSchema(bullmq)] : []),
    connections >= leastConnections
      ? fine('connections', `room for ${connections}`)
      : doubtful('connections', `room for ${connections} only`, `set max_connections to ${leastConnections} or more`),
    skew(server.now, asked, answered),
  ];
}

async function askServer(pool: DatabaseToExamine['pool']): Promise<Server | null> {
  const { rows } = await pool.query<Server>(`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
      current_setting('max_connections')::int as connections, clock_timestamp() as now,
      array(select relname::text from pg_class where relname like 'event\\_log\\_2%' and relispartition) as partitions,
      exists (select from pg_extension where extname = 'btree_gist') as gist,
      to_regnamespace('bullmq') is not null as bullmq`);
  return rows[0] ?? null;
}

async function login(pool: DatabaseToExamine['pool']): Promise<Finding> {
  try {
    await assertBoundByRowLevelSecurity(pool);
    return fine('login', 'bound by row-level security');
  } catch (error) {
    if (!(error instanceof ConfigFault)) throw error;
    return wrong('login', error.message, 'give the login that the migrations made, not the one of the owner');
  }
}

async function migrations(pool: DatabaseToExamine['pool']): Promise<Finding> {
  const version = await readSchemaVersion(pool);
  if (isNewEnough(version)) return fine('migrations', `at ${version}`);
  const says = version === null ? 'not migrated, or to an old version' : `at ${version}, older than this release`;
  return wrong('migrations', says, `run the migrations; this release needs ${newestMigration}`);
}

/** Rows of a day without a partition fall into the default one, from which they cannot be dropped by the day. */
function partitions({ partitions: names }: Server, now: Temporal.Instant): Finding {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  const missing = [0, 1]
    .map((days) => today.add({ days }).toString().replaceAll('-', ''))
    .filter((day) => !names.includes(`event_log_${day}`));
  if (missing.length === 0) return fine('event log', `${names.length} partitions, today's and tomorrow's among them`);
  return wrong(
    'event log',
    `no partition for ${missing.join(' and ')}`,
    'start a service, which makes them, or run: select ensure_event_log_partitions()',
  );
}

const alarmSchema = (exists: boolean) =>
  exists
    ? fine('alarms', 'their schema is there')
    : wrong('alarms', 'the schema bullmq is missing', 'run the migrations, which make it, or give REDIS_URL');

function skew(server: Date, asked: Temporal.Instant, answered: Temporal.Instant): Finding {
  const middle = (asked.epochMilliseconds + answered.epochMilliseconds) / 2;
  const seconds = Math.abs(server.getTime() - middle) / 1_000;
  const says = `${seconds.toFixed(1)} s apart from this machine`;
  const mend = 'let both machines follow a time server (chrony, or Amazon Time Sync)';
  if (seconds > skewSeconds.wrong) return wrong('clock', says, mend);
  return seconds > skewSeconds.doubtful ? doubtful('clock', says, mend) : fine('clock', says);
}
