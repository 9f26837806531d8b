import { describe, expect, it } from '@jest/globals';
import { parsePhoneNumber, present } from '@frontdesk/kernel';
import { brandStateOf } from './brand.ts';
import { campaignStandingOf, campaignStatuses, mayAppeal } from './campaign-status.ts';
import { campaignStates } from './campaign.ts';
import { campaignRules } from './lint/check.ts';
import { brandRules } from './lint/brand-rules.ts';
import { meanwhileOf } from './meanwhile.ts';
import { statusOfNumber, type NumberFacts } from './number-status.ts';
import { explainBrandReasons, explainCampaignReasons, hintedCodes } from './reason-hints.ts';
import { isRefusedForRegistration } from './refused-for-registration.ts';
import { dayOfBrand, textsPerDay, textsPerMinute } from './throughput.ts';

describe('the registry’s word', () => {
  it.each([
    ['pending', null, 'pending', 'pending'],
    ['ok', null, 'pending', 'code-wanted'],
    ['ok', 'VERIFIED', 'verified', 'verified'],
    ['ok', 'VETTED_VERIFIED', 'verified', 'verified'],
    ['ok', 'UNVERIFIED', 'unverified', 'code-wanted'],
    ['ok', 'SELF_DECLARED', 'pending', 'code-wanted'],
    ['failed', null, 'failed', 'failed'],
    ['failed', 'VERIFIED', 'failed', 'failed'],
  ] as const)('for a brand, %s and %s, is %s here, and %s for a sole proprietor', (status, identity, state, ofSole) => {
    const standing = { externalId: 'B1', status, identity, score: null, reasons: [] };
    expect([brandStateOf(standing, 'PRIVATE_PROFIT'), brandStateOf(standing, 'SOLE_PROPRIETOR')]).toEqual([
      state,
      ofSole,
    ]);
  });

  it('opens traffic for a campaign in one case alone', () => {
    const live = Object.entries(campaignStatuses).filter(([, { state }]) => state === 'live');
    expect(live.map(([status]) => status)).toEqual(['MNO_PROVISIONED']);
    expect(campaignStandingOf('SOMETHING_NEW')).toMatchObject({ state: 'in-review' });
  });

  it('reaches every state of a campaign but those before it', () => {
    const reached = new Set(Object.values(campaignStatuses).map(({ state }) => state));
    expect(campaignStates.filter((state) => !reached.has(state as never))).toEqual(['draft', 'submitted']);
  });

  it('can be appealed only where it is a no of reviewers', () => {
    const appealed = Object.keys(campaignStatuses).filter(mayAppeal);
    expect(appealed).toEqual(['TELNYX_FAILED', 'MNO_REJECTED']);
  });

  it('is led back to the reasons that are known, and shown as it is where not', () => {
    const known = new Set([...brandRules, ...campaignRules].map(({ code }) => code));
    expect(hintedCodes.filter((code) => !known.has(code))).toEqual([]);
    expect(explainCampaignReasons(['Privacy policy is not accessible', 'No'])).toMatchObject([
      { code: 'privacy-policy-unreachable', mend: expect.any(String) },
      { reason: 'No', code: null, mend: null },
    ]);
  });

  it.each([
    ['EIN already exists for another brand', 'ein-reused'],
    ['The company name does not match the EIN', 'legal-name-is-nickname'],
    ['Tax ID is invalid', 'ein-malformed'],
    ['Mobile phone is used by too many brands', 'sole-proprietor-without-mobile'],
    ['Mobile phone is not valid', 'sole-proprietor-mobile-unreachable'],
    ['Brand address could not be verified', 'address-incomplete'],
    ['Website URL could not be verified', 'website-unreachable'],
  ])('for a brand, “%s”, is known as %s', (reason, code) => {
    expect(explainBrandReasons([reason])).toMatchObject([{ code, mend: expect.any(String) }]);
  });

  it.each([
    ['Opt-in message is missing HELP', 'opt-in-without-help'],
    ['STOP is missing in the opt-in message', 'opt-in-without-stop'],
    ['Help message does not state the brand name', 'message-without-brand'],
    ['Lead generation is not allowed', 'forbidden-content'],
    ['Samples do not match the use case', 'marketing-in-service-use-case'],
    ['Call to action is unclear', 'flow-without-how'],
    ['Unable to verify website', 'opt-in-page-missing'],
  ])('for a campaign, “%s”, is known as %s', (reason, code) => {
    expect(explainCampaignReasons([reason])).toMatchObject([{ code, mend: expect.any(String) }]);
  });
});

describe('throughput', () => {
  it.each([
    ['SOLE_PROPRIETOR', 90, 15],
    ['LOW_VOLUME', 90, 75],
    ['MIXED', null, 240],
    ['MIXED', 49, 240],
    ['MARKETING', 50, 2_400],
    ['CUSTOMER_CARE', 74, 2_400],
    ['MIXED', 75, 4_500],
  ] as const)('of %s with a score of %s is %s texts a minute', (usecase, score, expected) => {
    expect(textsPerMinute(usecase, score)).toBe(expected);
  });

  it.each([
    ['SOLE_PROPRIETOR', 90, 1_000],
    ['PRIVATE_PROFIT', null, 2_000],
    ['PRIVATE_PROFIT', 25, 10_000],
    ['PRIVATE_PROFIT', 50, 40_000],
    ['NON_PROFIT', 75, 200_000],
  ] as const)('of a brand, %s with a score of %s, is %s texts a day', (entityType, score, expected) => {
    expect(textsPerDay(entityType, score)).toBe(expected);
  });

  it('is warned of from four fifths of the day on', () => {
    expect(dayOfBrand(1_599, 2_000).warning).toBeNull();
    expect(dayOfBrand(1_600, 2_000).warning).toContain('400 more');
    expect(dayOfBrand(2_000, 2_000).warning).toContain('midnight');
  });
});

describe('what works from a number', () => {
  const number = (text: string) => present(parsePhoneNumber(text), 'a number');
  const facts: NumberFacts = {
    number: number('+14805550100'),
    carrier: 'telnyx',
    origin: 'bought',
    onWhatsApp: false,
    campaignClosed: false,
    link: null,
    campaign: null,
    campaignStatus: null,
    brand: null,
  };
  const added = { state: 'added', wanted: 'in', reason: null } as const;

  it.each<[string, Partial<NumberFacts>, string, string | null]>([
    ['nothing is registered', {}, 'refused', 'make a brand'],
    ['the brand is a draft', { brand: 'draft' }, 'refused', 'submit it'],
    ['the brand is verified', { brand: 'verified' }, 'refused', 'Submit a campaign'],
    ['the campaign waits for its brand', { brand: 'pending', campaign: 'submitted' }, 'refused', 'Nothing to do'],
    [
      'the campaign was rejected',
      { brand: 'verified', campaign: 'rejected' },
      'refused',
      'Change what the reasons name',
    ],
    ['it is not in the campaign', { brand: 'verified', campaign: 'live' }, 'refused', 'Add the number'],
    ['it is on its way', { campaign: 'live', link: { ...added, state: 'pending' } }, 'refused', 'Nothing to do'],
    ['it could not be added', { campaign: 'live', link: { ...added, state: 'failed' } }, 'refused', 'Add it'],
    ['it is in a live campaign', { brand: 'verified', campaign: 'live', link: added }, 'yes', null],
    [
      'the campaign is suspended',
      { brand: 'verified', campaign: 'suspended', link: added },
      'refused',
      'Ask the support',
    ],
    ['the brand waits for a code', { brand: 'code-wanted' }, 'refused', 'Have the code sent'],
    [
      'a carrier could not set the campaign up',
      { brand: 'verified', campaign: 'carrier-review', campaignStatus: 'MNO_PROVISIONING_FAILED', link: added },
      'refused',
      'support of Telnyx',
    ],
    ['it is of another country', { number: number('+525512345678') }, 'yes', null],
    ['it is toll-free', { number: number('+18885550100') }, 'if-verified', 'Verify it'],
    ['it was entered by hand', { origin: 'entered', brand: 'verified' }, 'elsewhere', 'Else: Submit a campaign'],
    [
      'it was entered by hand and joins',
      { origin: 'entered', link: { ...added, state: 'pending' } },
      'refused',
      'brand',
    ],
    ['it is at Twilio', { carrier: 'twilio' }, 'elsewhere', 'Twilio’s console'],
  ])('when %s', (_, change, mayText, next) => {
    const status = statusOfNumber({ ...facts, ...change });
    expect(status.mayText).toBe(mayText);
    expect(status.next).toEqual(next === null ? null : expect.stringContaining(next));
    expect(status.works.includes('texts')).toBe(mayText === 'yes');
    expect(status.errorCode === null).toBe(mayText === 'yes');
  });

  it('goes on without a campaign: receiving, missed calls where calls come here, and WhatsApp', () => {
    expect(statusOfNumber(facts).works).toEqual(['receiving-texts', 'missed-calls']);
    expect(statusOfNumber({ ...facts, origin: 'hosted', onWhatsApp: true }).works).toEqual([
      'receiving-texts',
      'whatsapp',
    ]);
  });

  it('is said for the whole clinic: which texts leave meanwhile, by what, and until when', () => {
    const of = (...changes: Partial<NumberFacts>[]) =>
      meanwhileOf(changes.map((change) => statusOfNumber({ ...facts, ...change })));
    expect(of({ brand: 'verified', campaign: 'live', link: added })).toBeNull();
    expect(of({ brand: 'draft' })).toMatch(/^Nothing that the desk writes arrives yet.*\+14805550100.*Next: .*submit/);
    const several = of(
      { campaign: 'in-review', brand: 'verified' },
      { number: number('+18885550100') },
      { number: number('+14805550101'), onWhatsApp: true, campaign: 'in-review', brand: 'verified' },
      { number: number('+14805550102'), campaign: 'live', link: added },
    );
    expect(several).toMatch(
      /leave from \+14805550102\..*\+18885550100 \(toll-free\).*WhatsApp.*\+14805550101 for 24 hours/,
    );
    expect(several).toMatch(
      /refuse texts from \+14805550100, \+14805550101 until .*Usually: one to seven business days\.$/,
    );
  });

  it.each([
    ['telnyx', '40010', true],
    ['twilio', '30034', true],
    ['telnyx', '30034', false],
    ['meta', '40010', false],
    ['telnyx', '40002', false],
  ])('is refused for want of registration by %s with %s: %s', (carrier, code, expected) => {
    expect(isRefusedForRegistration(carrier, code)).toBe(expected);
  });
});
