import { Argument, Option } from '@commander-js/extra-typings';
import { adminVerb } from '../../admin/admin-verb.ts';
import { checked } from '../../admin/answers.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { readJsonFile } from '../../admin/read-json-file.ts';
import { id } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { brandOfCampaign } from './brand-of-campaign.ts';
import { tellFindings } from './tell-registration.ts';

export const check = (context: CommandContext) =>
  adminVerb('check', {
    summary: 'Say what the registry would say to a brand or a campaign, before it costs anything',
    description: 'Nothing is kept. Ends with 1 when it would surely be rejected.',
    examples: [
      'frontdesk tendlc check brand brand.json --clinic 11111111-1111-4111-8111-111111111111',
      'frontdesk tendlc check campaign campaign.json',
    ],
  })
    .addArgument(new Argument('<what>', 'which').choices(['brand', 'campaign'] as const))
    .argument('<file>', 'its details, as JSON; `tendlc sample` prints one')
    .addOption(new Option('--brand <id>', 'whose campaign it is; else the clinic’s only one').argParser(id))
    .action(async (what, file, { brand, json, ...options }) => {
      const { out } = context;
      const details = await readJsonFile(file, context);
      const admin = openAdmin(context, options);
      const answer =
        what === 'brand'
          ? await admin.ask('checkBrand', checked, { fields: { details } })
          : await admin.ask('checkCampaign', checked, {
              fields: { brandId: await brandOfCampaign(context, admin, brand), details },
            });
      if (json === true) out.json(answer);
      else {
        tellFindings(context, answer.findings);
        if (answer.findings.length === 0) out.line('Nothing is known against it.');
      }
      if (answer.wouldBeRejected) out.fail('', exitCodes.failed);
    });
