import type { PhoneNumber } from '@frontdesk/kernel';
import type { CampaignNumberStanding, TenDlcRegistry } from '@frontdesk/numbers/ports';
import type { AskTelnyx } from '../ask.ts';
import { anything } from '../numbers/schemas.ts';
import { campaignNumberAnswer, reasonsOf, type WireCampaignNumber } from './schemas.ts';

type CampaignNumbers = Pick<TenDlcRegistry, 'assignNumber' | 'readNumber' | 'removeNumber'>;

/** The campaign of each number; it has one at most, and is moved by giving it another. */
export function campaignNumbersAt(ask: AskTelnyx): CampaignNumbers {
  const read = (number: PhoneNumber) =>
    ask.orNull('read the campaign of the number', campaignNumberAnswer, (client, options) =>
      client.messaging10dlc.phoneNumberCampaigns.retrieve(number, options),
    );

  return {
    async assignNumber({ number, campaignExternalId }) {
      const body = { phoneNumber: number, campaignId: campaignExternalId };
      const current = await read(number);
      if (current !== null && campaignOf(current) === campaignExternalId) {
        const standing = standingOf(current);
        if (standing.status !== 'failed') return standing;
      }
      const link = await ask('put the number into the campaign', campaignNumberAnswer, (client, options) =>
        current === null
          ? client.messaging10dlc.phoneNumberCampaigns.create(body, options)
          : client.messaging10dlc.phoneNumberCampaigns.update(number, body, options),
      );
      return standingOf(link);
    },

    async readNumber(number) {
      const link = await read(number);
      return link === null ? null : { ...standingOf(link), campaignExternalId: campaignOf(link) };
    },

    async removeNumber(number) {
      await ask.orNull('take the number out of its campaign', anything, (client, options) =>
        client.messaging10dlc.phoneNumberCampaigns.delete(number, options),
      );
    },
  };
}

const statuses: Readonly<Record<string, CampaignNumberStanding['status']>> = {
  ASSIGNED: 'added',
  PENDING_UNASSIGNMENT: 'added',
  FAILED_UNASSIGNMENT: 'added',
  FAILED_ASSIGNMENT: 'failed',
};

function standingOf({ assignmentStatus, failureReasons }: WireCampaignNumber): CampaignNumberStanding {
  const status = statuses[assignmentStatus ?? ''] ?? 'pending';
  const reasons = reasonsOf(failureReasons);
  return { status, reason: reasons.length === 0 ? null : reasons.join('; ') };
}

/** `campaignId` may be the registry's own name of the campaign; Telnyx's stands beside it then. */
function campaignOf({ telnyxCampaignId, campaignId }: WireCampaignNumber): string {
  return telnyxCampaignId ?? campaignId ?? '';
}
