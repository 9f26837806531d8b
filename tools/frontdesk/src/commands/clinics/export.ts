import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { Argument } from '@commander-js/extra-typings';
import { id } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';

export const exportAll = (context: CommandContext) =>
  verb('export', {
    summary: 'Write everything that is stored of a clinic to a file, for the clinic',
    description:
      'One JSON object a line: the table and the row, as of one moment. What people wrote is in it, so the file is readable by\n' +
      'its owner alone. Tokens are left out. A file that is there is not overwritten.',
    examples: ['frontdesk clinics export 11111111-1111-4111-8111-111111111111 clinic.jsonl'],
  })
    .addArgument(new Argument('<clinic>', 'its id').argParser(id))
    .argument('<file>', 'where to')
    .action(async (clinic, file, { json }) => {
      const { out } = context;
      const tables = new Map<string, number>();
      const stream = createWriteStream(file, { flags: 'wx', mode: 0o600 });
      try {
        await once(stream, 'open');
      } catch {
        return out.fail(`${file} cannot be made, or is there already. Nothing was written.`, exitCodes.failed);
      }
      for await (const exported of context.ownerDatabase().exportTenant(clinic)) {
        tables.set(exported.table, (tables.get(exported.table) ?? 0) + 1);
        if (!stream.write(`${JSON.stringify(exported)}\n`)) await once(stream, 'drain');
      }
      stream.end();
      await finished(stream);
      if (!tables.has('organizations')) out.fail(`No clinic has the id ${clinic}; ${file} is empty.`, exitCodes.failed);
      if (json === true) return out.json(Object.fromEntries(tables));
      out.table([...tables].map(([table, rows]) => ({ table, rows })));
    });
