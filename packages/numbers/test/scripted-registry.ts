import { PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import type { BrandStanding, CampaignStanding, TenDlcRegistry } from '../src/ports.ts';

/** A registry whose answers are set by hand, and which counts what it was asked to do. */
export function scriptedRegistry() {
  const asked: string[] = [];
  const brand: Omit<BrandStanding, 'externalId'> = { status: 'pending', identity: null, score: null, reasons: [] };
  const campaign: Omit<CampaignStanding, 'externalId'> = { status: 'TCR_PENDING', reasons: [] };
  const has = { brand: false, campaign: false };
  let linkedTo: string | null = null;
  let listLags = false;
  let answersLost = false;
  let shows = true;
  let no: Error | null = null;
  let code: string | null = null;

  async function act<T>(what: string, answer: () => T): Promise<T> {
    if (no !== null) throw no;
    asked.push(what);
    const said = answer();
    if (answersLost) throw new TransientFailure('the answer was lost');
    return said;
  }
  const shown = <T>(there: boolean, what: T): T | null => (there && shows ? { ...what } : null);

  const registry: TenDlcRegistry = {
    findBrand: async ({ reference }) =>
      listLags ? null : shown(has.brand, { ...brand, externalId: `B-${reference}` }),
    submitBrand: ({ reference }) =>
      act('submit brand', () => {
        has.brand = true;
        return { ...brand, externalId: `B-${reference}` };
      }),
    readBrand: async (externalId) => shown(has.brand, { ...brand, externalId }),
    updateBrand: ({ externalId }) => act('update brand', () => ({ ...brand, externalId })),
    sendOwnerCode: () =>
      act('send code', () => {
        if (brand.status !== 'ok') throw new PermanentFailure('the brand is not registered yet');
        code = '104729';
      }),
    confirmOwnerCode: ({ code: given }) =>
      act('confirm code', () => {
        if (given !== code) return 'rejected';
        brand.identity = 'VERIFIED';
        return 'verified';
      }),
    findCampaign: async ({ reference }) =>
      listLags ? null : shown(has.campaign, { ...campaign, externalId: `C-${reference}` }),
    submitCampaign: ({ reference }) =>
      act('submit campaign', () => {
        if (has.campaign) throw new PermanentFailure('the reference was used before');
        has.campaign = true;
        return { ...campaign, externalId: `C-${reference}` };
      }),
    readCampaign: async (externalId) => shown(has.campaign, { ...campaign, externalId }),
    updateCampaign: ({ externalId }) => act('update campaign', () => ({ ...campaign, externalId })),
    appealCampaign: () => act('appeal campaign', () => {}),
    endCampaign: () => act('end campaign', () => void (has.campaign = false)),
    assignNumber: ({ campaignExternalId }) =>
      act('assign number', () => {
        if (campaign.status !== 'MNO_PROVISIONED') throw new PermanentFailure('the campaign takes no numbers');
        linkedTo = campaignExternalId;
        return { status: 'added' as const, reason: null };
      }),
    readNumber: async () =>
      linkedTo === null ? null : shown(true, { status: 'added' as const, reason: null, campaignExternalId: linkedTo }),
    removeNumber: () => act('remove number', () => void (linkedTo = null)),
  };

  return {
    registry,
    asked,
    sayOfBrand: (said: Partial<typeof brand>) => void Object.assign(brand, said),
    sayOfCampaign: (said: Partial<typeof campaign>) => void Object.assign(campaign, said),
    /** Lists are behind what is there. */
    lag: (lags: boolean) => void (listLags = lags),
    /** What is done is done, and nobody hears of it. */
    loseAnswers: (lost: boolean) => void (answersLost = lost),
    /** Everything that is there is answered with 404. */
    hide: (hidden: boolean) => void (shows = !hidden),
    /** Nothing is done, and this is said. */
    decline: (said: Error | null) => void (no = said),
    /** The next campaign is another one. */
    forgetCampaign: () => void (has.campaign = false),
    loseNumber: () => void (linkedTo = null),
  };
}
