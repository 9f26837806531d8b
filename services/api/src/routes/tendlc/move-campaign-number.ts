import { addNumberToCampaign as add, removeNumberFromCampaign as remove, type NumberNotDone } from '@frontdesk/numbers';
import { phoneAt } from '../../contract/phone.ts';
import { wrongField, type Problem } from '../../contract/problems.ts';
import { changeRoute } from '../../contract/route.ts';
import {
  campaignNumberBodySchema,
  campaignNumberSchema,
  presentCampaignNumber,
} from '../../tendlc/campaign-schemas.ts';
import { refuse } from '../../tendlc/finding-schemas.ts';

/** Puts a number of the clinic into a campaign. */
export const addNumberToCampaign = () =>
  moving({
    operationId: 'addNumberToCampaign',
    path: '/admin/tendlc/campaigns/{id}:assign-number',
    summary: 'Add a number of the clinic to a campaign',
    description:
      'It is added once the campaign is live, and shares its throughput from then on. A number is in one campaign at most.',
    act: add,
  });

/** Takes a number out of a campaign. */
export const removeNumberFromCampaign = () =>
  moving({
    operationId: 'removeNumberFromCampaign',
    path: '/admin/tendlc/campaigns/{id}:remove-number',
    summary: 'Remove a number from a campaign',
    description: 'Carriers refuse its texts afterwards, until it is in another one.',
    act: remove,
  });

function moving({
  act,
  ...told
}: {
  operationId: string;
  path: `/admin/${string}{id}${string}`;
  summary: string;
  description: string;
  act: typeof add;
}) {
  return changeRoute({
    ...told,
    tag: 'Registration (10DLC)',
    role: 'owner',
    body: campaignNumberBodySchema,
    answer: { status: 202, description: 'The number, on its way', schema: campaignNumberSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, id, body, asked }) {
      const number = phoneAt({ pointer: '#/number' }, body.number);
      const moved = await act(tx, { ...asked, campaignId: id, number });
      if (moved.kind !== 'done') throw refuseNumber(moved);
      return presentCampaignNumber(moved.link);
    },
  });
}

function refuseNumber(notDone: NumberNotDone): Problem {
  if (notDone.kind === 'no-such-number') {
    return wrongField('/number', 'it is no number of the clinic, or not in this campaign', 'give one of its numbers');
  }
  if (notDone.kind === 'wrong-kind') {
    return wrongField('/number', notDone.words, 'give a ten-digit number of the clinic at Telnyx');
  }
  return refuse(notDone, 'campaign');
}
