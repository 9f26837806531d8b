import { z } from 'zod';
import type { ReceivedRequest } from '../../wire/received-request.ts';
import type { Reply, Route } from '../../wire/route.ts';
import { malformed } from '../account/profile-routes.ts';
import { refusal } from '../errors.ts';
import type { KeyedRoute } from '../../wire/keyed-routes.ts';
import { recorded } from '../paged.ts';
import type { Campaign, Registry } from './registry.ts';
import { mnoMetadata } from './throughput-facts.ts';

const changes = z.object({
  messageFlow: z.string().max(4096).optional(),
  helpMessage: z.string().max(320).optional(),
  sample1: z.string().max(1024).optional(),
  sample2: z.string().max(1024).optional(),
  sample3: z.string().max(1024).optional(),
  sample4: z.string().max(1024).optional(),
  sample5: z.string().max(1024).optional(),
  webhookURL: z.string().optional(),
});
const keywords = z
  .string()
  .regex(/^[^\s,]+(,[^\s,]+)*$/)
  .optional();
const campaignBody = changes.extend({
  brandId: z.string().min(1),
  description: z.string().min(1).max(4096),
  usecase: z.string().min(1),
  referenceId: z.string().max(255).optional(),
  optinKeywords: keywords,
  optoutKeywords: keywords,
  helpKeywords: keywords,
  optinMessage: z.string().optional(),
  optoutMessage: z.string().optional(),
  embeddedLink: z.boolean().optional(),
  embeddedPhone: z.boolean().optional(),
  ageGated: z.boolean().optional(),
  numberPool: z.boolean().optional(),
  directLending: z.boolean().optional(),
  subscriberOptin: z.boolean().optional(),
  subscriberOptout: z.boolean().optional(),
  subscriberHelp: z.boolean().optional(),
  termsAndConditions: z.boolean().optional(),
  privacyPolicyLink: z.string().optional(),
  termsAndConditionsLink: z.string().optional(),
  subUsecases: z.array(z.string()).optional(),
});

interface CampaignRouteDependencies {
  keyed: KeyedRoute;
  registry: Registry;
  wrap: (body: unknown) => unknown;
  onCampaign: (campaign: Campaign) => void;
}

const mendable: readonly Campaign['status'][] = ['TELNYX_FAILED', 'MNO_REJECTED'];

/** Campaigns: what is sent, and to whom. */
export function campaignRoutes({ keyed, registry, wrap, onCampaign }: CampaignRouteDependencies): Route[] {
  const answered = (campaign: Campaign): Reply => ({ status: 200, json: wrap(asCampaign(campaign)) });
  const withCampaign = ({ params }: ReceivedRequest, handle: (campaign: Campaign) => Reply): Reply => {
    const campaign = registry.campaigns.get(params['id'] ?? '');
    return campaign === undefined ? refusal('10005', 'The requested campaign does not exist.') : handle(campaign);
  };

  function submit({ json }: ReceivedRequest): Reply {
    const { success, data, error } = campaignBody.safeParse(json);
    if (!success) return malformed(error);
    const brand = registry.brands.get(data.brandId);
    if (brand === undefined) return refusal('10005', 'The brand does not exist.', '/brandId');
    if (brand.status !== 'OK') return refusal('10027', 'The brand is not registered yet.', '/brandId');
    if (brand.details['entityType'] === 'SOLE_PROPRIETOR' && brand.identityStatus !== 'VERIFIED') {
      return refusal('10027', 'The brand of a sole proprietor is verified by an OTP first.', '/brandId');
    }
    const { referenceId } = data;
    const isUsed = [...registry.campaigns.values()].some(({ details }) => details['referenceId'] === referenceId);
    if (referenceId !== undefined && isUsed) return refusal('10027', 'The reference was used before.', '/referenceId');
    const campaign = registry.addCampaign(data.brandId, data);
    return { ...answered(campaign), afterwards: () => onCampaign(campaign) };
  }

  function list({ query }: ReceivedRequest): Reply {
    const brandId = query.get('brandId');
    if (brandId === null) return refusal('10004', "The 'brandId' parameter is required.", '/brandId');
    const rows = [...registry.campaigns.values()].filter((campaign) => campaign.brandId === brandId);
    return recorded(query, rows.toReversed().map(asCampaign), wrap);
  }

  /** A changed campaign that was rejected goes back to the reviewers. */
  function update(request: ReceivedRequest): Reply {
    const { success, data, error } = changes.safeParse(request.json);
    if (!success) return malformed(error);
    return withCampaign(request, (campaign) => {
      campaign.details = { ...campaign.details, ...data };
      return lookedAtAgain(campaign);
    });
  }

  function appeal(request: ReceivedRequest): Reply {
    const { success, data, error } = z.object({ appeal_reason: z.string().min(1) }).safeParse(request.json);
    if (!success) return malformed(error);
    return withCampaign(request, (campaign) => {
      if (!mendable.includes(campaign.status)) return refusal('10027', 'Only a rejected campaign can be appealed.');
      campaign.appeals = [...campaign.appeals, data.appeal_reason];
      const { afterwards = () => {} } = lookedAtAgain(campaign);
      return { status: 200, json: { appealed_at: campaign.createdAt }, afterwards };
    });
  }

  function lookedAtAgain(campaign: Campaign): Reply {
    if (!mendable.includes(campaign.status)) return answered(campaign);
    campaign.status = 'TCR_ACCEPTED';
    campaign.reasons = [];
    return { ...answered(campaign), afterwards: () => onCampaign(campaign) };
  }

  /** UNVERIFIED: what Telnyx calls a campaign that was ended, and that ending it twice is refused. */
  const end = (campaign: Campaign): Reply => {
    if (campaign.status === 'TCR_EXPIRED') return refusal('10027', 'The campaign is not active.');
    campaign.status = 'TCR_EXPIRED';
    return { status: 200, json: wrap({ record_type: 'campaign', time: campaign.createdAt, message: 'deactivated' }) };
  };

  const metadata = (campaign: Campaign): Reply => ({
    status: 200,
    json: mnoMetadata(campaign, registry.brands.get(campaign.brandId)),
  });

  return [
    keyed('POST', '/v2/10dlc/campaignBuilder', submit),
    keyed('GET', '/v2/10dlc/campaign', list),
    keyed('GET', '/v2/10dlc/campaign/:id', (request) => withCampaign(request, answered)),
    keyed('PUT', '/v2/10dlc/campaign/:id', update),
    keyed('DELETE', '/v2/10dlc/campaign/:id', (request) => withCampaign(request, end)),
    keyed('POST', '/v2/10dlc/campaign/:id/appeal', appeal),
    keyed('GET', '/v2/10dlc/campaign/:id/mnoMetadata', (request) => withCampaign(request, metadata)),
  ];
}

function asCampaign({ campaignId, tcrCampaignId, brandId, status, reasons, details, createdAt }: Campaign) {
  return {
    ...details,
    campaignId,
    brandId,
    ...(tcrCampaignId !== null && { tcrCampaignId }),
    cspId: 'TNX',
    campaignStatus: status,
    status: status === 'TCR_EXPIRED' ? 'EXPIRED' : 'ACTIVE',
    submissionStatus: status === 'TCR_PENDING' ? 'PENDING' : status === 'TCR_FAILED' ? 'FAILED' : 'CREATED',
    mock: false,
    isTMobileRegistered: status === 'MNO_PROVISIONED',
    ...(reasons.length > 0 && { failureReasons: reasons.map(({ description }) => description).join('; ') }),
    createDate: createdAt,
  };
}
