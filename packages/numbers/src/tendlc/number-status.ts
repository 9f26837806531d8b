import type { PhoneCarrier } from '@frontdesk/contracts';
import type { PhoneNumber } from '@frontdesk/kernel';
import type { NumberOrigin } from '../postgres/assign-number.ts';
import type { BrandState } from './brand.ts';
import { brandWords } from './brand-words.ts';
import type { CampaignNumber } from './campaign-number.ts';
import type { CampaignState } from './campaign.ts';
import { explainCampaign, whileClosed } from './campaign-status.ts';
import { isAbroad, isTollFree } from './kind-of-number.ts';

/** What is known of a number that decides whether carriers take its texts. */
export type NumberFacts = {
  number: PhoneNumber;
  carrier: PhoneCarrier;
  origin: NumberOrigin;
  onWhatsApp: boolean;
  /** Its campaign was live and is not any more: its texts wait. */
  campaignClosed: boolean;
  link: Pick<CampaignNumber, 'state' | 'wanted' | 'reason'> | null;
  /** Of its own campaign, or else of the one that it could join. */
  campaign: CampaignState | null;
  /** The registry's word for that campaign. */
  campaignStatus: string | null;
  brand: BrandState | null;
};

/**
 * Whether a text from the number arrives.
 * - yes: its campaign is live. refused: carriers refuse it. if-verified: as far as the toll-free verification goes.
 * - elsewhere: it is registered at another place, which the desk does not see.
 */
type MayText = 'yes' | 'refused' | 'if-verified' | 'elsewhere';

export const works = ['receiving-texts', 'missed-calls', 'whatsapp', 'texts'] as const;
type Works = (typeof works)[number];

export type NumberStatus = {
  number: PhoneNumber;
  carrier: PhoneCarrier;
  mayText: MayText;
  words: string;
  /** The carrier's error for what is sent all the same. */
  errorCode: string | null;
  works: readonly Works[];
  /** What the clinic does next; null when nothing is left to do. */
  next: string | null;
  usually: string | null;
};

/** What may leave from a number now, what works meanwhile, and what to do next. */
export function statusOfNumber(facts: NumberFacts): NumberStatus {
  const { number, carrier, origin, onWhatsApp } = facts;
  const standing = standingOf(facts);
  const meanwhile: Works[] = [
    'receiving-texts',
    // The calls of a hosted line stay where they were.
    ...(origin === 'hosted' ? [] : (['missed-calls'] as const)),
    ...(onWhatsApp ? (['whatsapp'] as const) : []),
    ...(standing.mayText === 'yes' ? (['texts'] as const) : []),
  ];
  return { number, carrier, ...standing, works: meanwhile };
}

type Standing = Pick<NumberStatus, 'mayText' | 'words' | 'errorCode' | 'next' | 'usually'>;

function standingOf(facts: NumberFacts): Standing {
  const { number, carrier, origin, link, campaign } = facts;
  if (isAbroad(number)) {
    return {
      mayText: 'yes',
      words: 'A number of this country needs no campaign; the rules of its own country hold for its texts.',
      errorCode: null,
      next: null,
      usually: null,
    };
  }
  if (isTollFree(number)) {
    return {
      mayText: 'if-verified',
      words: 'Texts from a toll-free number arrive once its carrier has verified it; it needs no campaign.',
      errorCode: carrier === 'telnyx' ? '40329' : '30032',
      next: 'Verify it in the portal of its carrier, if that is not done.',
      usually: 'three to five business days',
    };
  }
  if (carrier === 'twilio') {
    return {
      mayText: 'elsewhere',
      words: 'The number is at Twilio and is registered there; without that, carriers refuse its texts.',
      errorCode: '30034',
      next: 'See to it in Twilio’s console that its Messaging Service has an approved campaign.',
      usually: null,
    };
  }
  if (link?.state === 'added' && link.wanted === 'in' && campaign === 'live') {
    return {
      mayText: 'yes',
      words: 'Its campaign is live: carriers take its texts.',
      errorCode: null,
      next: null,
      usually: null,
    };
  }
  const way = wayOf(facts);
  if (origin !== 'entered' || link !== null) return { mayText: 'refused', errorCode: '40010', ...way };
  return {
    mayText: 'elsewhere',
    words:
      'The desk did not register this number: unless a campaign of Telnyx’s portal has it, carriers refuse its texts.',
    errorCode: '40010',
    next: `Nothing, if one has it. Else: ${way.next}`,
    usually: way.usually,
  };
}

/** What is missing, from brand to number. */
function wayOf({
  link,
  campaign,
  campaignStatus,
  campaignClosed,
  brand,
}: NumberFacts): Pick<Standing, 'words' | 'next' | 'usually'> {
  const refused = 'Carriers refuse texts from a number that is in no live campaign of the desk.';
  if (link?.state === 'failed') {
    const words = `${refused} It could not be added: ${link.reason ?? 'the registry gives no reason'}`;
    return { words, next: 'Add it to the campaign again; ask the support of Telnyx if it fails again.', usually: null };
  }
  if (link?.wanted === 'out') return { words: refused, next: 'It is being taken out of its campaign.', usually: null };
  if (campaign === 'live' && link !== null) {
    return {
      words: `${refused} It is on its way into one.`,
      next: 'Nothing to do.',
      usually: 'minutes, at some carriers up to three days',
    };
  }
  if (campaign === 'live') {
    return {
      words: refused,
      next: 'Add the number to the campaign that is live.',
      usually: 'minutes, at some carriers up to three days',
    };
  }
  if (campaign !== null && !(campaign === 'submitted' && brand !== 'verified')) {
    const { words, next, usually } = explainCampaign({ state: campaign, status: campaignStatus });
    return { words: `${refused} ${words}${campaignClosed ? ` ${whileClosed}` : ''}`, next, usually };
  }
  if (brand !== null && brand !== 'verified') {
    const { words, next, usually } = brandWords[brand];
    return { words: `${refused} ${words}`, next, usually };
  }
  if (brand === 'verified') {
    return { words: refused, next: 'Submit a campaign for the brand.', usually: 'one to ten business days' };
  }
  return {
    words: refused,
    next: 'Say who the clinic is: make a brand, check it, submit it.',
    usually: 'minutes to one business day; the campaign after it one to ten',
  };
}
