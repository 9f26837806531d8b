import { findingsOfBrand } from '@frontdesk/numbers';
import { findBrand } from '@frontdesk/numbers/postgres';
import { showRoute } from '../../contract/show-route.ts';
import { brandWithFindingsSchema, presentBrandWithFindings } from '../../tendlc/brand-schemas.ts';
import { contentOf } from '../../tendlc/content-of.ts';

/** Where a brand is. */
export const getBrand = () =>
  showRoute({
    operationId: 'getBrand',
    path: '/admin/tendlc/brands/{id}',
    tag: 'Registration (10DLC)',
    summary: 'Where a brand is, and what to do next',
    description: 'With the registry’s reasons, and what it would say to the details as they are now.',
    answer: { description: 'The brand', schema: brandWithFindingsSchema },
    what: 'brand',
    async find(tx, which) {
      const brand = await findBrand(tx, which);
      if (brand === null) return null;
      const { details } = brand;
      return { brand, findings: await findingsOfBrand(tx, { details, butBrand: brand.id, contentOf }) };
    },
    present: presentBrandWithFindings,
  });
