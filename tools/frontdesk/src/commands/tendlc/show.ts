import { Argument } from '@commander-js/extra-typings';
import { adminVerb } from '../../admin/admin-verb.ts';
import { campaignWithNumbers, withFindings } from '../../admin/answers.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { id as idArgument } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { tellFindings, tellRegistration } from './tell-registration.ts';

export const show = (context: CommandContext) =>
  adminVerb('show', {
    summary: 'Tell where a brand or a campaign is, why, and what to do next',
    examples: ['frontdesk tendlc show campaign 0199d5a0-0000-7000-8000-00000000000d'],
  })
    .addArgument(new Argument('<what>', 'which').choices(['brand', 'campaign'] as const))
    .addArgument(new Argument('<id>', 'its id').argParser(idArgument))
    .action(async (what, id, { json, ...options }) => {
      const { out } = context;
      const admin = openAdmin(context, options);
      if (what === 'brand') {
        const brand = await admin.ask('getBrand', withFindings, { id });
        if (json === true) return out.json(brand);
        tellRegistration(context, brand);
        return tellFindings(context, brand.findings);
      }
      const campaign = await admin.ask('getCampaign', campaignWithNumbers, { id });
      if (json === true) return out.json(campaign);
      tellRegistration(context, campaign);
      out.table(campaign.numbers.map(({ number, state, wanted, reason }) => ({ number, state, wanted, reason })));
    });
