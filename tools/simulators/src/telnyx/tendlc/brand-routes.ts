import { z } from 'zod';
import type { ReceivedRequest } from '../../wire/received-request.ts';
import type { Reply, Route } from '../../wire/route.ts';
import { malformed } from '../account/profile-routes.ts';
import { refusal } from '../errors.ts';
import type { KeyedRoute } from '../../wire/keyed-routes.ts';
import { recorded } from '../paged.ts';
import type { Brand, Registry } from './registry.ts';

const optional = z.string().optional();
const brandBody = z.object({
  country: z.string().length(2),
  displayName: z.string().min(1).max(100),
  email: z.string().min(3).max(100),
  entityType: z.enum(['PRIVATE_PROFIT', 'PUBLIC_PROFIT', 'NON_PROFIT', 'GOVERNMENT', 'SOLE_PROPRIETOR']),
  vertical: z.string().min(1),
  companyName: optional,
  ein: optional,
  phone: optional,
  street: optional,
  city: optional,
  state: optional,
  postalCode: optional,
  website: optional,
  businessContactEmail: optional,
  stockSymbol: optional,
  stockExchange: optional,
  firstName: optional,
  lastName: optional,
  mobilePhone: optional,
  webhookURL: optional,
  webhookFailoverURL: optional,
});

export interface TenDlcRouteDependencies {
  keyed: KeyedRoute;
  registry: Registry;
  /** Wraps an answer in `data`, or leaves it flat. */
  wrap: (body: unknown) => unknown;
  onBrand: (brand: Brand) => void;
}

const path = '/v2/10dlc/brand';

/** Brands: who sends. The registry takes the same company twice, and charges for it twice. */
export function brandRoutes({ keyed, registry, wrap, onBrand }: TenDlcRouteDependencies): Route[] {
  const answered = (brand: Brand): Reply => ({ status: 200, json: wrap(asBrand(brand)) });
  const withBrand = ({ params }: ReceivedRequest, handle: (brand: Brand) => Reply): Reply => {
    const brand = registry.brands.get(params['id'] ?? '');
    return brand === undefined ? refusal('10005', 'The requested brand does not exist.') : handle(brand);
  };

  function create({ json }: ReceivedRequest): Reply {
    const { success, data, error } = brandBody.safeParse(json);
    if (!success) return malformed(error);
    const brand = registry.addBrand(data);
    return { ...answered(brand), afterwards: () => onBrand(brand) };
  }

  function list({ query }: ReceivedRequest): Reply {
    const name = query.get('displayName')?.toLowerCase() ?? '';
    const rows = [...registry.brands.values()].filter(({ details }) =>
      String(details['displayName']).toLowerCase().includes(name),
    );
    return recorded(query, rows.toReversed().map(asListed), wrap);
  }

  /** A changed brand that had failed is looked at anew. */
  function update(request: ReceivedRequest): Reply {
    const { success, data, error } = brandBody.safeParse(request.json);
    if (!success) return malformed(error);
    return withBrand(request, (brand) => {
      brand.details = { ...brand.details, ...data };
      if (brand.status !== 'REGISTRATION_FAILED') return answered(brand);
      brand.status = 'REGISTRATION_PENDING';
      brand.reasons = [];
      return { ...answered(brand), afterwards: () => onBrand(brand) };
    });
  }

  function revet(brand: Brand): Reply {
    if (brand.status !== 'OK') return refusal('10027', 'The brand is not registered yet.');
    const { brandId } = brand;
    registry.tellOfBrand(brand, { brandId, type: 'REVET', status: 'success', reasons: [] });
    return answered(brand);
  }

  const vettings = ({ brandId, score, createdAt }: Brand): Reply => ({
    status: 200,
    json: wrap(score === null ? [] : [vettingOf(brandId, score, createdAt)]),
  });
  const feedback = ({ brandId, reasons }: Brand): Reply => ({
    status: 200,
    json: wrap({
      brandId,
      category: reasons.map((reason, n) => ({ id: `CATEGORY_${n + 1}`, displayName: '', ...reason })),
    }),
  });

  return [
    keyed('POST', path, create),
    keyed('GET', path, list),
    keyed('GET', `${path}/:id`, (request) => withBrand(request, answered)),
    keyed('PUT', `${path}/:id`, update),
    keyed('PUT', `${path}/:id/revet`, (request) => withBrand(request, revet)),
    keyed('GET', `${path}/feedback/:id`, (request) => withBrand(request, feedback)),
    keyed('GET', `${path}/:id/externalVetting`, (request) => withBrand(request, vettings)),
  ];
}

function vettingOf(brandId: string, score: number, at: string) {
  return {
    vettingId: `vetting-${brandId}`,
    evpId: 'AEGIS',
    vettingClass: 'STANDARD',
    vettingScore: score,
    createDate: at,
    vettedDate: at,
  };
}

function asBrand(brand: Brand) {
  return { ...asListed(brand), ...brand.details, brandRelationship: 'BASIC_ACCOUNT', cspId: 'TNX' };
}

/** A list tells neither the tax number nor the address of events. */
function asListed({ brandId, tcrBrandId, status, identityStatus, reasons, details, createdAt }: Brand) {
  return {
    brandId,
    ...(tcrBrandId !== null && { tcrBrandId }),
    displayName: details['displayName'],
    companyName: details['companyName'],
    email: details['email'],
    entityType: details['entityType'],
    website: details['website'],
    status,
    ...(identityStatus !== null && { identityStatus }),
    ...(status === 'REGISTRATION_FAILED' && {
      failureReasons: reasons.map(({ description }) => description).join('; '),
    }),
    createdAt,
    updatedAt: createdAt,
  };
}
