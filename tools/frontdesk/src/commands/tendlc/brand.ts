import { Option } from '@commander-js/extra-typings';
import { adminVerb } from '../../admin/admin-verb.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { readJsonFile } from '../../admin/read-json-file.ts';
import { waitOption } from '../../admin/wait-for.ts';
import { id as idArgument } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { handIn } from './hand-in.ts';

export const brand = (context: CommandContext) =>
  adminVerb('brand', {
    summary: 'Say who the clinic is; keeps a draft, and hands it in at the registry with --yes',
    description:
      'The registry takes a fee for a new brand. What it would surely turn away is refused with each field, unless\n' +
      '--insist-because says why it is right. One that failed is mended with --id and a new file.',
    examples: [
      'frontdesk tendlc brand brand.json --clinic 11111111-1111-4111-8111-111111111111',
      'frontdesk tendlc brand brand.json --yes --wait 600',
      'frontdesk tendlc brand mended.json --id 0199d5a0-0000-7000-8000-00000000000c --yes',
    ],
  })
    .argument('[file]', 'its details, as JSON; `tendlc sample brand` prints one')
    .addOption(new Option('--id <id>', 'of a brand that there is already').argParser(idArgument))
    .option('--yes', 'hand it in, which costs a fee')
    .option('--insist-because <words>', 'why it is right all the same')
    .addOption(waitOption('until the registry has made up its mind'))
    .action(async (file, { id, yes, insistBecause, wait, json, ...options }) => {
      const fields = file === undefined ? null : { details: await readJsonFile(file, context) };
      const operations = {
        create: 'createBrand',
        update: 'updateBrand',
        get: 'getBrand',
        submit: 'submitBrand',
      } as const;
      await handIn(context, {
        admin: openAdmin(context, options),
        what: 'brand',
        operations,
        id: id ?? null,
        fields,
        submission: { insistBecause },
        settled: ['code-wanted', 'verified', 'unverified', 'failed'],
        good: 'verified',
        yes,
        wait,
        json,
      });
    });
