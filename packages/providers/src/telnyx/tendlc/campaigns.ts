import type { CampaignStanding, TenDlcRegistry } from '@frontdesk/numbers/ports';
import type { AskTelnyx } from '../ask.ts';
import { listAll } from '../list-all.ts';
import { anything } from '../numbers/schemas.ts';
import { campaignBody, mendableBody } from './campaign-body.ts';
import { campaignAnswer, campaignRecords, reasonsOf, type WireCampaign } from './schemas.ts';

const perPage = 100;

/** What can be appealed; the others are not before the reviewers, or are there already. */
const rejected = new Set(['TELNYX_FAILED', 'MNO_REJECTED']);

type Campaigns = Pick<
  TenDlcRegistry,
  'findCampaign' | 'submitCampaign' | 'readCampaign' | 'updateCampaign' | 'appealCampaign' | 'endCampaign'
>;

/** Campaigns at the registry, which keeps our reference and takes it once. */
export function campaignsAt(ask: AskTelnyx, webhookUrl: string): Campaigns {
  const read = (campaignId: string) =>
    ask.orNull('read the campaign', campaignAnswer, (client, options) =>
      client.messaging10dlc.campaign.retrieve(campaignId, options),
    );

  return {
    async findCampaign({ reference, brandExternalId }) {
      const rows = await listAll('campaigns', async (page) => {
        const records = await ask('list the campaigns', campaignRecords, (client, options) =>
          client.get('/10dlc/campaign', {
            ...options,
            query: { brandId: brandExternalId, page, recordsPerPage: perPage },
          }),
        );
        return { rows: records, isLast: records.length < perPage };
      });
      const found = rows.find(({ referenceId }) => referenceId === reference);
      return found === undefined ? null : standingOf(found);
    },

    async submitCampaign({ reference, brandExternalId, details }) {
      const campaign = await ask('register the campaign', campaignAnswer, (client, options) =>
        client.messaging10dlc.campaignBuilder.submit(
          {
            ...campaignBody(details),
            brandId: brandExternalId,
            referenceId: reference,
            webhookURL: webhookUrl,
          },
          options,
        ),
      );
      return standingOf(campaign);
    },

    async readCampaign(externalId) {
      const campaign = await read(externalId);
      return campaign === null ? null : standingOf(campaign);
    },

    async updateCampaign({ externalId, details }) {
      const campaign = await ask('mend the campaign', campaignAnswer, (client, options) =>
        client.messaging10dlc.campaign.update(externalId, mendableBody(details), options),
      );
      return standingOf(campaign);
    },

    async appealCampaign({ externalId, reason }) {
      const campaign = await read(externalId);
      if (campaign !== null && !rejected.has(campaign.campaignStatus ?? '')) return;
      await ask('look at the campaign again', anything, (client, options) =>
        client.messaging10dlc.campaign.submitAppeal(externalId, { appeal_reason: reason }, options),
      );
    },

    async endCampaign(externalId) {
      await ask.orNull('end the campaign', anything, (client, options) =>
        client.messaging10dlc.campaign.deactivate(externalId, options),
      );
    },
  };
}

function standingOf({ campaignId, campaignStatus, failureReasons }: WireCampaign): CampaignStanding {
  // A campaign that has no status yet has only just been taken.
  return { externalId: campaignId, status: campaignStatus ?? 'TCR_PENDING', reasons: reasonsOf(failureReasons) };
}
