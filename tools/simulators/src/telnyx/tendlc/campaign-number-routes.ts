import { z } from 'zod';
import type { ReceivedRequest } from '../../wire/received-request.ts';
import type { Reply, Route } from '../../wire/route.ts';
import { malformed } from '../account/profile-routes.ts';
import { refusal } from '../errors.ts';
import type { KeyedRoute } from '../../wire/keyed-routes.ts';
import { recorded } from '../paged.ts';
import type { CampaignNumber, Registry } from './registry.ts';

const linkBody = z.object({ phoneNumber: z.string(), campaignId: z.string() });

interface CampaignNumberDependencies {
  keyed: KeyedRoute;
  registry: Registry;
  wrap: (body: unknown) => unknown;
  /** Whether the number is the account's, on a messaging profile. */
  isOnProfile: (number: string) => boolean;
  onNumber: (link: CampaignNumber) => void;
}

const path = '/v2/10dlc/phone_number_campaigns';

/** The campaign of each number; a number has one at most. */
export function campaignNumberRoutes(dependencies: CampaignNumberDependencies): Route[] {
  const { keyed, registry, wrap, isOnProfile, onNumber } = dependencies;
  const answered = (link: CampaignNumber): Reply => ({ status: 200, json: wrap(asLink(link, registry)) });
  const withLink = ({ params }: ReceivedRequest, handle: (link: CampaignNumber) => Reply): Reply => {
    const link = registry.numbers.get(params['number'] ?? '');
    return link === undefined ? refusal('10005', 'The phone number is in no campaign.') : handle(link);
  };

  function put({ json }: ReceivedRequest, replaces: boolean): Reply {
    const { success, data, error } = linkBody.safeParse(json);
    if (!success) return malformed(error);
    const { phoneNumber, campaignId } = data;
    if (!isOnProfile(phoneNumber)) {
      return refusal('10027', 'The phone number is on no messaging profile.', '/phoneNumber');
    }
    const campaign = registry.campaigns.get(campaignId);
    if (campaign === undefined) return refusal('10005', 'The campaign does not exist.', '/campaignId');
    if (/FAILED|REJECTED|EXPIRED|SUSPENDED/.test(campaign.status)) {
      return refusal('10027', 'The campaign takes no numbers.', '/campaignId');
    }
    if (!replaces && registry.numbers.has(phoneNumber)) {
      return refusal('10027', 'The phone number is in a campaign already.', '/phoneNumber');
    }
    const link = registry.addNumber(phoneNumber, campaignId);
    return { ...answered(link), afterwards: () => onNumber(link) };
  }

  function remove(link: CampaignNumber): Reply {
    registry.numbers.delete(link.number);
    registry.tellOfNumber(link, { type: 'DELETION', status: 'success', reasons: [] });
    return answered(link);
  }

  function list({ query }: ReceivedRequest): Reply {
    const campaignId = query.get('filter[telnyx_campaign_id]');
    const rows = [...registry.numbers.values()].filter((link) => link.campaignId === (campaignId ?? link.campaignId));
    return recorded(
      query,
      rows.map((link) => asLink(link, registry)),
      wrap,
    );
  }

  return [
    keyed('POST', path, (request) => put(request, false)),
    keyed('GET', path, list),
    keyed('GET', `${path}/:number`, (request) => withLink(request, answered)),
    keyed('PUT', `${path}/:number`, (request) => put(request, true)),
    keyed('DELETE', `${path}/:number`, (request) => withLink(request, remove)),
  ];
}

function asLink({ number, campaignId, status, reason, createdAt }: CampaignNumber, registry: Registry) {
  const campaign = registry.campaigns.get(campaignId);
  return {
    phoneNumber: number,
    campaignId,
    telnyxCampaignId: campaignId,
    brandId: campaign?.brandId,
    ...(campaign !== undefined && campaign.tcrCampaignId !== null && { tcrCampaignId: campaign.tcrCampaignId }),
    assignmentStatus: status,
    ...(reason !== null && { failureReasons: reason }),
    createdAt,
    updatedAt: createdAt,
  };
}
