import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parsePhoneNumber, present } from '@frontdesk/kernel';
import { medSpaBrand, medSpaCampaign } from '@frontdesk/testkit';
import type { BrandDetails, CampaignDetails } from '../../ports.ts';
import { brandRules } from './brand-rules.ts';
import { campaignRules, checkBrand, checkCampaign } from './check.ts';
import type { BrandFacts, CampaignFacts } from './facts.ts';
import { wouldBeRejected } from './lint.ts';

const number = (text: string) => present(parsePhoneNumber(text), 'a number');
const brand: BrandDetails = { ...medSpaBrand, phone: number(medSpaBrand.phone) };
const brandFacts: BrandFacts = { einUsedElsewhere: false, content: [] };
const sole = {
  entityType: 'SOLE_PROPRIETOR',
  legalName: 'Ana Ruiz',
  ein: null,
  firstName: 'Ana',
  lastName: 'Ruiz',
  mobilePhone: number('+16025550142'),
} as const;

type BrandCase = [code: string, pointer: string, change: Partial<BrandDetails>, facts?: Partial<BrandFacts>];
const brandCases: BrandCase[] = [
  ['ein-missing', '/ein', { ein: null }],
  ['ein-malformed', '/ein', { ein: '86-13579' }],
  ['ein-malformed', '/ein', { ein: '07-1357924' }],
  ['ein-malformed', '/ein', { ein: '12-3456789' }],
  ['ein-malformed', '/ein', { ein: '860000000' }],
  ['ein-reused', '/ein', {}, { einUsedElsewhere: true }],
  ['legal-name-missing', '/legalName', { legalName: ' ' }],
  ['legal-name-is-nickname', '/legalName', { legalName: 'Radiance Medspa' }],
  ['legal-name-is-nickname', '/legalName', { legalName: 'Radiance Aesthetics LLC dba Radiance' }],
  ['display-name-missing', '/displayName', { displayName: '' }],
  ['sole-proprietor-without-name', '/firstName', { ...sole, firstName: null }],
  ['sole-proprietor-without-mobile', '/mobilePhone', { ...sole, mobilePhone: null }],
  ['sole-proprietor-mobile-unreachable', '/mobilePhone', { ...sole, mobilePhone: number('+525512345678') }],
  ['sole-proprietor-mobile-unreachable', '/mobilePhone', { ...sole, mobilePhone: number('+18005550142') }],
  ['sole-proprietor-with-ein', '/ein', { ...sole, ein: '86-1357924' }],
  ['public-company-without-stock', '/stockSymbol', { entityType: 'PUBLIC_PROFIT', stockExchange: 'NYSE' }],
  ['vertical-not-healthcare', '/vertical', { vertical: 'RETAIL' }],
  ['email-invalid', '/email', { email: 'office at radiance' }],
  ['email-free-mail', '/email', { email: 'radiance@GMAIL.com' }],
  ['email-domain-differs', '/email', { email: 'office@anotherspa.com' }],
  ['website-missing', '/website', { website: null }],
  ['website-unreachable', '/website', { website: 'http://localhost:3000' }],
  ['website-unreachable', '/website', { website: 'coming soon' }],
  ['website-unreachable', '/website', { website: 'https://www.example.com' }],
  ['website-social-page', '/website', { website: 'https://www.facebook.com/radiancemedspa' }],
  ['website-shortener', '/website', {}, { content: [{ pointer: '/website', kind: 'shortener', advice: 'In full.' }] }],
  ['website-not-https', '/website', { website: 'http://radiancemedspa.com' }],
  ['address-incomplete', '/city', { city: '' }],
  ['address-po-box', '/street', { street: 'P.O. Box 120' }],
  ['state-unknown', '/state', { state: 'Arizona' }],
  ['state-unknown', '/state', { state: 'ON', postalCode: 'M5V 2T6' }],
  ['postal-code-malformed', '/postalCode', { postalCode: '8525' }],
];

const campaign: CampaignDetails = medSpaCampaign;
const facts: CampaignFacts = {
  names: [brand.displayName, brand.legalName],
  website: brand.website,
  isSoleProprietor: false,
  textsInMonth: 900,
  content: [],
};
const [reminder = '', offer = ''] = campaign.samples;
const found = (pointer: string, kind: CampaignFacts['content'][number]['kind']) => ({
  content: [{ pointer, kind, advice: 'Another word.' }],
});

type CampaignCase = [code: string, pointer: string, change: Partial<CampaignDetails>, facts?: Partial<CampaignFacts>];
const campaignCases: CampaignCase[] = [
  ['description-too-short', '/description', { description: 'Texts to patients' }],
  ['description-vague', '/description', { description: 'This campaign is for general messaging of our business.' }],
  [
    'marketing-in-service-use-case',
    '/samples/0',
    { usecase: 'CUSTOMER_CARE', samples: [`${reminder} 20% off all fillers!`, offer] },
  ],
  [
    'marketing-in-service-use-case',
    '/samples/0',
    { usecase: 'ACCOUNT_NOTIFICATION', samples: [`${reminder} ¡20% de descuento este mes!`, offer] },
  ],
  [
    'opt-in-without-stop',
    '/optInMessage',
    { optInMessage: 'Radiance Medspa: Gracias. La frecuencia varía. Pueden aplicarse tarifas de datos. AYUDA, ALTO.' },
  ],
  ['marketing-without-marketing-sample', '/usecase', { usecase: 'MARKETING' }],
  ['low-volume-exceeded', '/usecase', {}, { textsInMonth: 6_001 }],
  ['sole-proprietor-use-case', '/usecase', { usecase: 'SOLE_PROPRIETOR' }],
  ['sole-proprietor-use-case', '/usecase', {}, { isSoleProprietor: true }],
  ['forbidden-content', '/samples/0', {}, found('/samples/0', 'forbidden')],
  ['age-gate-missing', '/samples/1', {}, found('/samples/1', 'age-restricted')],
  ['age-gate-not-in-flow', '/messageFlow', { ageGated: true }],
  ['content-like-spam', '/samples/1', {}, found('/samples/1', 'style')],
  ['flow-too-short', '/messageFlow', { messageFlow: 'On our website.' }],
  [
    'flow-without-where',
    '/messageFlow',
    { messageFlow: 'Everybody agrees to be contacted by us at some moment before that happens.' },
  ],
  [
    'flow-without-how',
    '/messageFlow',
    { messageFlow: 'Patients come to us through the front desk, where somebody looks after them.' },
  ],
  [
    'opt-in-page-missing',
    '/messageFlow',
    { messageFlow: 'Patients tick a box on our website when they book a visit.' },
  ],
  [
    'flow-shares-consent',
    '/messageFlow',
    { messageFlow: `${campaign.messageFlow} Some of our numbers are purchased from partners.` },
  ],
  [
    'flow-shares-consent',
    '/messageFlow',
    { messageFlow: `${campaign.messageFlow} We share phone numbers with our marketing partners.` },
  ],
  ['privacy-policy-missing', '/privacyPolicyUrl', { privacyPolicyUrl: '' }],
  ['privacy-policy-unreachable', '/privacyPolicyUrl', { privacyPolicyUrl: 'on request' }],
  [
    'privacy-policy-on-other-host',
    '/privacyPolicyUrl',
    { privacyPolicyUrl: 'https://policies.anotherhost.com/radiance' },
  ],
  ['privacy-policy-is-front-page', '/privacyPolicyUrl', { privacyPolicyUrl: 'https://www.radiancemedspa.com/' }],
  ['terms-missing', '/termsUrl', { termsUrl: '' }],
  ['terms-unreachable', '/termsUrl', { termsUrl: 'https://localhost/terms' }],
  ['condition-of-purchase', '/messageFlow', { usecase: 'MARKETING' }],
  ['samples-too-few', '/samples', { samples: [reminder] }],
  ['sample-too-short', '/samples/1', { samples: [reminder, 'Radiance Medspa: OK'] }],
  ['samples-alike', '/samples/2', { samples: [reminder, offer, reminder] }],
  ['sample-without-brand', '/samples/1', { samples: [reminder, offer.replaceAll(/radiance ?medspa/gi, 'We')] }],
  ['samples-without-stop', '/samples', { samples: [offer, `${offer} Reply HELP for help.`] }],
  ['samples-without-help', '/samples', { samples: [reminder.replace('HELP for help, ', ''), offer] }],
  ['sample-placeholder', '/samples/0', { samples: [reminder.replace('Ana', '[first name]'), offer] }],
  ['sample-shortener', '/samples/1', {}, found('/samples/1', 'shortener')],
  ['sample-link-undeclared', '/samples/1', { embeddedLink: false }],
  ['sample-phone-undeclared', '/samples/0', { samples: [`${reminder} Or call (480) 555-0100.`, offer] }],
  ['link-declared-without-sample', '/embeddedLink', { samples: [reminder, offer.replace(/ Book at .*/, '')] }],
  ['phone-declared-without-sample', '/embeddedPhone', { embeddedPhone: true }],
  ['message-too-short', '/helpMessage', { helpMessage: 'Radiance Medspa' }],
  ['message-without-brand', '/optOutMessage', { optOutMessage: 'You are unsubscribed and get no more messages.' }],
  [
    'opt-in-without-frequency',
    '/optInMessage',
    { optInMessage: campaign.optInMessage.replace(' Msg frequency varies.', '') },
  ],
  [
    'opt-in-without-rates',
    '/optInMessage',
    { optInMessage: campaign.optInMessage.replace(' Msg & data rates may apply.', '') },
  ],
  ['opt-in-without-stop', '/optInMessage', { optInMessage: campaign.optInMessage.replace(', STOP to opt out', '') }],
  ['opt-in-without-help', '/optInMessage', { optInMessage: campaign.optInMessage.replace('HELP for help, ', '') }],
  ['opt-out-without-end', '/optOutMessage', { optOutMessage: 'Radiance Medspa: We have got your message. Goodbye.' }],
  [
    'help-without-contact',
    '/helpMessage',
    { helpMessage: 'Radiance Medspa: We help with visits. Reply STOP to opt out.' },
  ],
  ['help-without-stop', '/helpMessage', { helpMessage: 'Radiance Medspa: Call us at (480) 555-0100 for help.' }],
  ['keywords-without-stop', '/optOutKeywords', { optOutKeywords: ['END', 'QUIT'] }],
  ['keywords-without-help', '/helpKeywords', { helpKeywords: ['INFO'] }],
  ['keyword-malformed', '/optInKeywords/0', { optInKeywords: ['SÍ'] }],
  ['keyword-malformed', '/optOutKeywords/1', { optOutKeywords: ['STOP', 'STOP ALL'] }],
  [
    'keyword-not-declared',
    '/optInKeywords',
    {
      optInKeywords: [],
      messageFlow: 'Patients agree by texting the keyword JOIN to our number, as a sign at the front desk says.',
    },
  ],
];

const at = (findings: readonly { code: string; pointer: string }[]) =>
  findings.map(({ code, pointer }) => `${code} ${pointer}`);

describe('a brand of a med spa', () => {
  it.each<[string, Partial<BrandDetails>]>([
    ['a company with all that the registry wants', {}],
    ...['861357924', ' 86 1357924', '86–1357924', '86-135-7924', '８６-1357924'].map(
      (ein): [string, Partial<BrandDetails>] => [`an EIN written as ${ein}`, { ein }],
    ),
    ['a clinic in Puerto Rico', { state: 'pr', postalCode: '00901' }],
    ['mail at a part of the domain', { email: 'front@mail.radiancemedspa.com' }],
    ['a sole proprietor with free mail and no website', { ...sole, email: 'ana@gmail.com', website: null }],
    ['a company of one name, by door and by law', { legalName: 'Radiance Medspa, PLLC' }],
    ['a website without its scheme', { website: 'radiancemedspa.com' }],
  ])('passes: %s', (_, change) => {
    expect(checkBrand({ ...brand, ...change }, brandFacts)).toEqual([]);
  });

  it.each(brandCases)('is found for %s at %s', (code, pointer, change, known = {}) => {
    expect(at(checkBrand({ ...brand, ...change }, { ...brandFacts, ...known }))).toContain(`${code} ${pointer}`);
  });
});

describe('a campaign of a med spa', () => {
  it.each<[string, Partial<CampaignDetails>, Partial<CampaignFacts>]>([
    ['all of it, in small numbers', {}, {}],
    ['all of it, in large numbers', { usecase: 'MIXED' }, { textsInMonth: 50_000 }],
    ['service alone', { usecase: 'CUSTOMER_CARE' }, {}],
    ['a sole proprietor', { usecase: 'SOLE_PROPRIETOR' }, { isSoleProprietor: true, website: null }],
    [
      'offers to those who agreed on paper',
      {
        usecase: 'MARKETING',
        messageFlow:
          'Patients sign a paper at the front desk: "I agree to get offers by text. Consent is not a condition of purchase."',
        samples: [`${reminder} This week: 15% off facials.`, offer],
      },
      {},
    ],
    [
      'service alone, which says that it is no marketing',
      {
        usecase: 'CUSTOMER_CARE',
        description: 'Radiance Medspa sends its clients aftercare instructions. No marketing messages are sent.',
        samples: [reminder.replace('?', '? We help you deal with swelling.'), offer],
      },
      {},
    ],
    [
      'people who share their number when they have bought a treatment',
      {
        messageFlow:
          'At the front desk, patients who have purchased a treatment share their mobile number with us and tick a box that was empty: "I agree to texts." It is shared with no third parties.',
      },
      {},
    ],
    [
      'words in Spanish',
      {
        description:
          'Radiance Medspa contesta a pacientes que escriben o llaman, les ayuda a reservar y les recuerda sus citas.',
        messageFlow:
          'Las pacientes marcan una casilla vacía en https://www.radiancemedspa.com/cita, que dice: "Acepto mensajes de texto sobre mis citas. La frecuencia varía. Pueden aplicarse tarifas de mensajes y datos. Responda STOP para cancelar." Los números no se comparten con nadie.',
        samples: [
          'Radiance Medspa: Hola Ana, su cita es el martes a las 10:00. Responda AYUDA para ayuda, STOP para cancelar.',
          'Radiance Medspa: ¡Gracias por su llamada, Ana! Reserve en https://www.radiancemedspa.com/cita',
        ],
        optInMessage:
          'Radiance Medspa: Gracias por aceptar mensajes sobre sus citas. La frecuencia de los mensajes varía. Pueden aplicarse tarifas de mensajes y datos. Responda AYUDA para ayuda, STOP para cancelar.',
        optOutMessage: 'Radiance Medspa: Se dio de baja y no recibirá más mensajes. Responda START para volver.',
        helpMessage: 'Radiance Medspa: Llámenos al (480) 555-0100. Responda STOP para cancelar.',
        optOutKeywords: ['STOP', 'ALTO'],
        helpKeywords: ['HELP', 'AYUDA'],
      },
      {},
    ],
    ['a name by law, a text by door', {}, { names: ['Radiance Medspa, LLC'] }],
    ['a name by law with points', {}, { names: ['Radiance Medspa P.L.L.C.'] }],
    [
      'a name with a sign for a word',
      {
        samples: [reminder, offer].map((sample) => sample.replace('Radiance Medspa', 'Rosé and Co')),
      },
      { names: ['Radiance Medspa', 'Rose & Co'] },
    ],
    ['an end of texts in other words', { optOutMessage: 'Radiance Medspa: you won’t receive any texts from us.' }, {}],
  ])('passes: %s', (_, change, known) => {
    expect(checkCampaign({ ...campaign, ...change }, { ...facts, ...known })).toEqual([]);
  });

  it.each(campaignCases)('is found for %s at %s', (code, pointer, change, known = {}) => {
    const findings = checkCampaign({ ...campaign, ...change }, { ...facts, ...known });
    expect(at(findings)).toContain(`${code} ${pointer}`);
  });
});

describe('the list of reasons', () => {
  const rules = [...brandRules, ...campaignRules];

  it('has each code once, and a case here for each', () => {
    const codes = rules.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    const tried = new Set([...brandCases, ...campaignCases].map(([code]) => code));
    expect(codes.filter((code) => !tried.has(code))).toEqual([]);
  });

  it('stands in docs/tendlc.md as it is', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../../docs/tendlc.md'), 'utf8');
    const rows = rules.map(({ code, severity, words, mend }) => `| \`${code}\` | ${severity} | ${words} | ${mend} |`);
    const listed = page.split('\n').filter((line) => line.startsWith('| `') && / \| (?:rejected|risk) \| /.test(line));
    expect(listed).toEqual(rows);
  });

  it('blocks what would surely be turned away, and only warns of the rest', () => {
    expect(wouldBeRejected(checkBrand({ ...brand, website: null }, brandFacts))).toBe(true);
    expect(wouldBeRejected(checkBrand({ ...brand, vertical: 'RETAIL' }, brandFacts))).toBe(false);
  });
});
