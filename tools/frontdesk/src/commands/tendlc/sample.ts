import { Argument } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { sampleBrand, sampleCampaign } from './samples.ts';

export const sample = ({ out }: CommandContext) =>
  verb('sample', {
    summary: 'Print a brand or a campaign as a file to start from',
    description: 'Everything in it has to become the clinic’s own.',
    examples: ['frontdesk tendlc sample brand > brand.json', 'frontdesk tendlc sample campaign > campaign.json'],
  })
    .addArgument(new Argument('<what>', 'which').choices(['brand', 'campaign'] as const))
    .action((what) => out.json(what === 'brand' ? sampleBrand : sampleCampaign));
