import type { BrandDetails } from '../../ports.ts';
import type { BrandFacts } from './facts.ts';
import { at, isBlank, type LintRule } from './lint.ts';

const states = new Set(
  'AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR VI GU AS MP'.split(
    ' ',
  ),
);

/** Where the clinic is. */
export const postalRules: readonly LintRule<BrandDetails, BrandFacts>[] = [
  {
    code: 'address-incomplete',
    severity: 'rejected',
    words: 'The address is not whole; the registry compares it with the tax office’s.',
    mend: 'Give street, city, state and postal code.',
    find: (brand) =>
      (['street', 'city', 'state', 'postalCode'] as const).flatMap((part) => at(`/${part}`, isBlank(brand[part]))),
  },
  {
    code: 'address-po-box',
    severity: 'rejected',
    words: 'A post office box is no address of a business for the registry.',
    mend: 'Give the street where the clinic is.',
    find: ({ street }) =>
      at('/street', /\b(?:p\.?\s*o\.?\s*box|post\s+office\s+box|pmb\s*#?\s*\d|box\s+\d)/i.test(street)),
  },
  {
    code: 'state-unknown',
    severity: 'rejected',
    words: 'This is no state of the United States as the post writes it.',
    mend: 'Give its two letters: AZ. A company of another country is registered by the support of Telnyx, not here.',
    find: ({ state }) => at('/state', !isBlank(state) && !states.has(state.trim().toUpperCase())),
  },
  {
    code: 'postal-code-malformed',
    severity: 'rejected',
    words: 'This is no ZIP code.',
    mend: 'Give its five digits, or nine with a hyphen.',
    find: ({ postalCode }) => at('/postalCode', !isBlank(postalCode) && !/^\d{5}(?:-?\d{4})?$/.test(postalCode.trim())),
  },
];
