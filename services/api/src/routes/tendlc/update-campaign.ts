import { mendCampaign } from '@frontdesk/numbers';
import { wrongFields, type Problem } from '../../contract/problems.ts';
import { changeRoute } from '../../contract/route.ts';
import {
  campaignWithFindingsSchema,
  changeCampaignSchema,
  presentCampaignWithFindings,
} from '../../tendlc/campaign-schemas.ts';
import { contentOf } from '../../tendlc/content-of.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

/** Changes the details of a campaign. */
export function updateCampaign() {
  return changeRoute({
    operationId: 'updateCampaign',
    path: '/admin/tendlc/campaigns/{id}:update',
    tag: 'Registration (10DLC)',
    summary: 'Change a campaign',
    description:
      'All details are given anew. Once the registry has the campaign it lets message flow, samples and the words of HELP be changed, and nothing else. It gets them when the campaign is submitted again, without a second fee.',
    role: 'manager',
    body: changeCampaignSchema,
    answer: { description: 'The campaign as it is now', schema: campaignWithFindingsSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, id, body: { details }, asked }) {
      const mended = await mendCampaign(tx, { ...asked, id, details, contentOf });
      if (mended.kind === 'fixed-fields') throw fixed(mended.fields);
      if (mended.kind !== 'done') throw refuse(mended, 'campaign');
      return presentCampaignWithFindings(mended);
    },
  });
}

function fixed(fields: readonly string[]): Problem {
  return wrongFields(
    fields.map((field) => ({
      pointer: `#/details/${field}`,
      detail: 'it cannot be changed once the registry has the campaign',
      mend: 'give it as it was, or make a new campaign',
    })),
    'The registry does not let these be changed. Leave them, or make a new campaign.',
  );
}
