import { Option } from '@commander-js/extra-typings';
import { adminVerb } from '../../admin/admin-verb.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { readJsonFile } from '../../admin/read-json-file.ts';
import { waitOption } from '../../admin/wait-for.ts';
import { id as idArgument } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { brandOfCampaign } from './brand-of-campaign.ts';
import { handIn } from './hand-in.ts';

export const campaign = (context: CommandContext) =>
  adminVerb('campaign', {
    summary: 'Say what the clinic texts; keeps a draft, and hands it in at the registry with --yes',
    description:
      'It waits for its brand to be verified; then a new campaign costs a fee. One that was rejected is mended with --id and a new\n' +
      'file, without a second fee: --appeal tells the reviewers what was mended.',
    examples: [
      'frontdesk tendlc campaign campaign.json',
      'frontdesk tendlc campaign campaign.json --brand 0199d5a0-0000-7000-8000-00000000000c --yes --wait 600',
      'frontdesk tendlc campaign mended.json --id 0199d5a0-0000-7000-8000-00000000000d --appeal "The form says it now." --yes',
    ],
  })
    .argument('[file]', 'its details, as JSON; `tendlc sample campaign` prints one')
    .addOption(
      new Option('--brand <id>', 'whose campaign a new one is; else the clinic’s only one').argParser(idArgument),
    )
    .addOption(new Option('--id <id>', 'of a campaign that there is already').argParser(idArgument))
    .option('--yes', 'hand it in, which costs a fee')
    .option('--insist-because <words>', 'why it is right all the same')
    .option('--appeal <words>', 'what the reviewers are told of what was mended')
    .addOption(waitOption('until it is live, or somebody says no'))
    .action(async (file, { brand, id, yes, insistBecause, appeal, wait, json, ...options }) => {
      const admin = openAdmin(context, options);
      const details = file === undefined ? null : await readJsonFile(file, context);
      const isNew = id === undefined && details !== null;
      const whose = isNew ? { brandId: await brandOfCampaign(context, admin, brand) } : {};
      const fields = details === null ? null : { ...whose, details };
      const operations = {
        create: 'createCampaign',
        update: 'updateCampaign',
        get: 'getCampaign',
        submit: 'submitCampaign',
      } as const;
      await handIn(context, {
        admin,
        what: 'campaign',
        operations,
        id: id ?? null,
        fields,
        submission: { insistBecause, appeal },
        settled: ['live', 'rejected', 'suspended', 'expired'],
        good: 'live',
        yes,
        wait,
        json,
      });
    });
