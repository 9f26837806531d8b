import { createPool } from '@frontdesk/db';
import type { Clock } from '@frontdesk/kernel';
import {
  doubtful,
  examineDatabase,
  examineKeys,
  examinePort,
  examineRedis,
  fine,
  wrong,
  type Examination,
  type Finding,
} from '@frontdesk/operations';
import { deployment, judgeConfig, readVariables } from '@frontdesk/runtime';
import { examineOnline } from './examine-online.ts';
import { readers } from './readers.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export type EnvironmentToExamine = { service: string; variables: Variables; clock: Clock; online: boolean };

/** What a service would find at its start: its settings and its secret, its login at Postgres, its Redis, its providers. */
export function examineEnvironment(environment: EnvironmentToExamine): Examination[] {
  const { service, clock, online } = environment;
  const variables = once(() => readVariables(environment.variables));
  const given = async (name: string) => (await variables())[name];
  return [
    { area: `${service}: settings`, examine: async () => settings(service, await variables()) },
    {
      area: `${service}: database`,
      examine: async () => {
        const url = await given('DATABASE_URL');
        if (url === undefined || !URL.canParse(url)) return [];
        const pool = createPool({ url, role: 'frontdesk_relay', max: 1 });
        try {
          return await examineDatabase({ pool, clock, alarms: (await given('REDIS_URL')) === undefined });
        } finally {
          await pool.end();
        }
      },
    },
    {
      area: `${service}: Redis`,
      examine: async () => {
        const url = await given('REDIS_URL');
        return url === undefined ? [] : examineRedis(url);
      },
    },
    ...(online ? [{ area: `${service}: providers`, examine: async () => examineOnline(await variables()) }] : []),
  ];
}

async function settings(service: string, variables: Variables): Promise<Finding[]> {
  const schema = readers[service];
  if (schema === undefined)
    return [wrong(service, 'no such service', `it is one of ${Object.keys(readers).join(', ')}`)];
  const where = deployment.parse(variables['FRONTDESK_ENV']);
  const { faults } = judgeConfig(schema, variables);
  const isHome = where === 'local' || where === 'test';
  return [
    environmentName(variables['FRONTDESK_ENV'], where),
    ...(faults.length === 0
      ? [fine('settings', 'complete')]
      : faults.map((fault) =>
          wrong(fault.split(' ')[0] ?? 'settings', fault, 'docs/environment.md says what each setting is'),
        )),
    ...(isHome ? [] : examineKeys(variables)),
    ...(isHome && variables['PORT'] !== undefined && variables['PORT'] !== '0'
      ? [await examinePort(service, Number(variables['PORT']))]
      : []),
  ];
}

function environmentName(given: string | undefined, counts: string): Finding {
  if (given === counts) return fine('FRONTDESK_ENV', counts);
  const says = given === undefined ? `unset, which counts as ${counts}` : `unknown, which counts as ${counts}`;
  return doubtful('FRONTDESK_ENV', says, 'set it to production, staging, local or test');
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= work());
}
