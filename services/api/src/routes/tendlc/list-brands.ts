import { listBrands as find } from '@frontdesk/numbers/postgres';
import { listRoute } from '../../contract/list-route.ts';
import { brandSchema, presentBrand } from '../../tendlc/brand-schemas.ts';

/** The clinic's brands, newest first. */
export const listBrands = () =>
  listRoute({
    operationId: 'listBrands',
    path: '/admin/tendlc/brands',
    tag: 'Registration (10DLC)',
    summary: 'The brands of a clinic, newest first',
    description: 'Viewers do not see how to reach the owner. Nobody sees an EIN.',
    item: brandSchema,
    find,
    present: presentBrand,
  });
