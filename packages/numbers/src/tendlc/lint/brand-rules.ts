import type { BrandDetails } from '../../ports.ts';
import type { BrandFacts } from './facts.ts';
import { at, contentAt, isBlank, type LintRule } from './lint.ts';
import { belongTogether, hostOf, isFreeMail, isSocialPage, looksReachable, mailHost } from './hosts.ts';
import { isAbroad, isTollFree } from '../kind-of-number.ts';
import { isEin, readsLikeNickname } from './identity.ts';
import { postalRules } from './postal-rules.ts';

type Rule = LintRule<BrandDetails, BrandFacts>;

const isSole = ({ entityType }: BrandDetails) => entityType === 'SOLE_PROPRIETOR';
const isPublic = ({ entityType }: BrandDetails) => entityType === 'PUBLIC_PROFIT';

const contactRules: readonly Rule[] = [
  {
    code: 'email-invalid',
    severity: 'rejected',
    words: 'This is no e-mail address.',
    mend: 'Give the whole address, such as office@yourclinic.com.',
    find: ({ email }) => at('/email', mailHost(email) === null),
  },
  {
    code: 'email-free-mail',
    severity: 'rejected',
    words: 'Anybody can open an address at this mail service, so it does not show that the business is yours.',
    mend: 'Give an address at the clinic’s own domain. A sole proprietor may keep it.',
    find: (brand) => at('/email', !isSole(brand) && isFreeMail(mailHost(brand.email) ?? '')),
  },
  {
    code: 'email-domain-differs',
    severity: 'risk',
    words: 'The e-mail address and the website belong to different domains.',
    mend: 'Give an address at the domain of the website.',
    find: (brand) => {
      const [mail, site] = [mailHost(brand.email), hostOf(brand.website)];
      if (mail === null || site === null || isFreeMail(mail) || isSocialPage(site)) return [];
      return at('/email', !belongTogether(mail, site));
    },
  },
];

const websiteRules: readonly Rule[] = [
  {
    code: 'website-missing',
    severity: 'rejected',
    words: 'Without a website nobody can check who you are.',
    mend: 'Give the address of the clinic’s website. Only a sole proprietor may do without.',
    find: (brand) => at('/website', !isSole(brand) && isBlank(brand.website)),
  },
  {
    code: 'website-unreachable',
    severity: 'rejected',
    words: 'This address does not look like a page that a reviewer can open.',
    mend: 'Give the full address as it stands in the browser: https://www.yourclinic.com.',
    find: ({ website }) => {
      const host = hostOf(website);
      return at('/website', !isBlank(website) && (host === null || !looksReachable(host)));
    },
  },
  {
    code: 'website-social-page',
    severity: 'rejected',
    words: 'A page at a social network or a booking portal is not accepted as the clinic’s website.',
    mend: 'Give a website of your own; a single page with name, address, services and privacy policy is enough.',
    find: ({ website }) => at('/website', isSocialPage(hostOf(website) ?? '')),
  },
  {
    code: 'website-shortener',
    severity: 'rejected',
    words: 'A shortened link hides which website it is.',
    mend: 'Give the full address of the website.',
    find: (_, { content }) =>
      contentAt(
        content.filter(({ pointer }) => pointer === '/website'),
        'shortener',
      ),
  },
  {
    code: 'website-not-https',
    severity: 'risk',
    words: 'The website is given without encryption; browsers warn the reviewer of it.',
    mend: 'Give the address that begins with https://.',
    find: ({ website }) => at('/website', /^http:/i.test(website ?? '')),
  },
];

const identityRules: readonly Rule[] = [
  {
    code: 'ein-missing',
    severity: 'rejected',
    words: 'A company is registered by its employer identification number (EIN).',
    mend: 'Give the nine digits as on the letter of the tax office (CP 575 or 147C).',
    find: (brand) => at('/ein', !isSole(brand) && isBlank(brand.ein)),
  },
  {
    code: 'ein-malformed',
    severity: 'rejected',
    words: 'This is no EIN: it has nine digits, the first two of which the tax office gives out.',
    mend: 'Give it as on the letter of the tax office: 12-3456789.',
    find: ({ ein }) => at('/ein', !isBlank(ein) && !isEin(ein ?? '')),
  },
  {
    code: 'ein-reused',
    severity: 'rejected',
    words: 'Another brand with this EIN is registered already; the registry turns away a second one.',
    mend: 'Use the brand that exists for this EIN, or give the EIN of this company itself.',
    find: (_, { einUsedElsewhere }) => at('/ein', einUsedElsewhere),
  },
  {
    code: 'legal-name-missing',
    severity: 'rejected',
    words: 'The legal name is compared with the tax office’s register, letter by letter.',
    mend: 'Give the name exactly as on the letter of the tax office.',
    find: (brand) => at('/legalName', !isSole(brand) && isBlank(brand.legalName)),
  },
  {
    code: 'legal-name-is-nickname',
    severity: 'risk',
    words: 'The legal name reads like the name on the door, not like the one that the tax office knows.',
    mend: 'Give the name on the letter of the tax office, with its LLC, PLLC, PC or Inc. if it has one.',
    find: (brand) => at('/legalName', !isSole(brand) && !isBlank(brand.legalName) && readsLikeNickname(brand)),
  },
  {
    code: 'display-name-missing',
    severity: 'rejected',
    words: 'The name that people know is missing.',
    mend: 'Give the name under which your texts introduce themselves.',
    find: ({ displayName }) => at('/displayName', isBlank(displayName)),
  },
];

const entityRules: readonly Rule[] = [
  {
    code: 'sole-proprietor-without-name',
    severity: 'rejected',
    words: 'A sole proprietor is registered as a person: first and last name are needed.',
    mend: 'Give the owner’s name as on their identity card.',
    find: (brand) => [
      ...at('/firstName', isSole(brand) && isBlank(brand.firstName)),
      ...at('/lastName', isSole(brand) && isBlank(brand.lastName)),
    ],
  },
  {
    code: 'sole-proprietor-without-mobile',
    severity: 'rejected',
    words: 'The registry sends a code to the mobile phone of a sole proprietor.',
    mend: 'Give a mobile number of the owner in the United States or Canada, which has not been used for this three times.',
    find: (brand) => at('/mobilePhone', isSole(brand) && brand.mobilePhone === null),
  },
  {
    code: 'sole-proprietor-mobile-unreachable',
    severity: 'rejected',
    words: 'The code goes to mobile phones in the United States and Canada alone.',
    mend: 'Give the owner’s mobile number there; without one, get an EIN and register as a private company.',
    find: (brand) => {
      const { mobilePhone: mobile } = brand;
      return at('/mobilePhone', isSole(brand) && mobile !== null && (isAbroad(mobile) || isTollFree(mobile)));
    },
  },
  {
    code: 'sole-proprietor-with-ein',
    severity: 'rejected',
    words: 'Who has an EIN is no sole proprietor for the registry.',
    mend: 'Register as a private company with the EIN: more texts may leave then. Or leave the EIN out, if there is none.',
    find: (brand) => at('/ein', isSole(brand) && !isBlank(brand.ein)),
  },
  {
    code: 'public-company-without-stock',
    severity: 'rejected',
    words: 'A company listed on a stock exchange is recognised by its symbol there.',
    mend: 'Give symbol and exchange, or register as a private company, which most clinics are.',
    find: (brand) => [
      ...at('/stockSymbol', isPublic(brand) && isBlank(brand.stockSymbol)),
      ...at('/stockExchange', isPublic(brand) && isBlank(brand.stockExchange)),
    ],
  },
  {
    code: 'vertical-not-healthcare',
    severity: 'risk',
    words: 'Reviewers compare the line of business with the website; a clinic’s is healthcare.',
    mend: 'Choose HEALTHCARE unless the website shows something else.',
    find: ({ vertical }) => at('/vertical', vertical !== 'HEALTHCARE'),
  },
];

/** Why brands are rejected, as the registry, Telnyx and its resellers tell it. */
export const brandRules: readonly Rule[] = [
  ...identityRules,
  ...entityRules,
  ...contactRules,
  ...websiteRules,
  ...postalRules,
];
