import { configSchema as allInOne } from '@frontdesk/all-in-one/config';
import { configSchema as api } from '@frontdesk/api/config';
import { configSchema as conversation } from '@frontdesk/conversation-worker/config';
import { configSchema as messaging } from '@frontdesk/messaging-worker/config';
import { configSchema as migrate } from '@frontdesk/migrate/config';
import { configSchema as payments } from '@frontdesk/payments-service/config';
import { commonConfig } from '@frontdesk/runtime';
import { configSchema as ingress } from '@frontdesk/webhook-ingress/config';
import { z } from 'zod';
import { readSettings, type SettingRow } from './settings.ts';

const common = 'packages/runtime/src/config.ts';

/** Everything that reads settings: the schema and the file with the comments on it. */
const readers = [
  { title: 'webhook-ingress', schema: ingress, source: 'services/webhook-ingress/src/config.ts' },
  { title: 'conversation-worker', schema: conversation, source: 'services/conversation-worker/src/config.ts' },
  { title: 'messaging-worker', schema: messaging, source: 'services/messaging-worker/src/config.ts' },
  { title: 'payments', schema: payments, source: 'services/payments/src/config.ts' },
  { title: 'api', schema: api, source: 'services/api/src/config.ts' },
  { title: 'migrations', schema: migrate, source: 'tools/migrate/src/config.ts' },
] as const;

const header = `# Settings

Made from the code by \`pnpm docs\`; a test holds it true. A service reads its environment and, below it, the JSON secret that
\`SECRET_ID\` names. It refuses to start without what it needs, and names everything that is missing or wrong, never a value.

Where \`FRONTDESK_ENV\` is \`production\` or \`staging\` (or unset, or unknown: that counts as production) a service also refuses secrets of
the local stack, of examples, that are too short or not random; addresses for providers and patients that are not https or that
nobody outside reaches; emulators, simulators and, in production, sandboxes in the place of vendors; \`FAILPOINTS\`; and a
\`NODE_TLS_REJECT_UNAUTHORIZED\` of 0. \`pnpm frontdesk doctor\` says the same before the start.
`;

/** The page on all settings. */
export async function environmentPage(): Promise<string> {
  const ofAll = await readSettings(z.object(commonConfig), [common]);
  const shared = new Set(ofAll.map(({ name }) => name));
  const parts = await Promise.all(
    readers.map(async ({ title, schema, source }) => {
      const all = await readSettings(schema, [common, source]);
      const also =
        title === 'migrations' ? all.filter(({ name }) => shared.has(name)).map(({ name }) => `\`${name}\``) : [];
      const own = section(
        title,
        all.filter(({ name }) => !shared.has(name)),
      );
      return also.length === 0 ? own : `${own}\nBesides, as above: ${also.join(', ')}.\n`;
    }),
  );
  return [header, section('Every service', ofAll), ...parts, await allInOneSection()].join('\n');
}

async function allInOneSection(): Promise<string> {
  const services = readers.filter(({ title }) => title !== 'migrations');
  const known = new Set(Object.keys(allInOne.shape));
  const ofServices = services.flatMap(({ schema }) => Object.keys(schema.shape));
  const without = [...new Set(ofServices)].filter((name) => !known.has(name)).toSorted();
  const sources = ['services/all-in-one/src/config.ts', common, ...services.map(({ source }) => source)];
  const own = (await readSettings(allInOne, sources)).filter(({ name }) => !ofServices.includes(name));
  const words = `Everything that its five services read, but for ${without.map((name) => `\`${name}\``).join(', ')}. Without any of the three of \`ADMIN_…\` it has no administration.`;
  return `## all-in-one\n\n${words}\n${own.length === 0 ? '' : `\n${table(own)}`}`;
}

const section = (title: string, rows: readonly SettingRow[]) => `## ${title}\n\n${table(rows)}`;

function table(rows: readonly SettingRow[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return (
    line(['setting', 'default', 'values', 'secret', 'meaning']) +
    line(['---', '---', '---', '---', '---']) +
    rows
      .map(({ name, preset, values, secret, meaning }) =>
        line([`\`${name}\``, presetCell(preset), values, secret ? 'yes' : '', meaning.replaceAll('|', '\\|')]),
      )
      .join('')
  );
}

function presetCell(preset: string | null): string {
  if (preset === null) return '**needed**';
  return preset === '' ? '' : `\`${preset}\``;
}
