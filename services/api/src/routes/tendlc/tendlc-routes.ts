import type { Clock } from '@frontdesk/kernel';
import type { Route } from '../../contract/route.ts';
import type { NumberVendors } from '../../numbers/number-vendors.ts';
import { checkBrand } from './check-brand.ts';
import { checkCampaign } from './check-campaign.ts';
import { confirmBrandCode } from './confirm-brand-code.ts';
import { createBrand } from './create-brand.ts';
import { createCampaign } from './create-campaign.ts';
import { getBrand } from './get-brand.ts';
import { getCampaign } from './get-campaign.ts';
import { getRegistrationStatus } from './get-registration-status.ts';
import { listBrands } from './list-brands.ts';
import { listCampaigns } from './list-campaigns.ts';
import { addNumberToCampaign, removeNumberFromCampaign } from './move-campaign-number.ts';
import { sendBrandCode } from './send-brand-code.ts';
import { submitBrand } from './submit-brand.ts';
import { submitCampaign } from './submit-campaign.ts';
import { updateBrand } from './update-brand.ts';
import { updateCampaign } from './update-campaign.ts';

/** Brands, campaigns and their numbers at the registry of ten-digit senders. */
export const tendlcRoutes = ({ vendors, clock }: { vendors: NumberVendors; clock: Clock }): readonly Route[] => [
  checkBrand(),
  createBrand(),
  listBrands(),
  getBrand(),
  updateBrand(),
  submitBrand(),
  sendBrandCode({ vendors, clock }),
  confirmBrandCode({ vendors, clock }),
  checkCampaign(),
  createCampaign(),
  listCampaigns(),
  getCampaign(),
  updateCampaign(),
  submitCampaign(),
  addNumberToCampaign(),
  removeNumberFromCampaign(),
  getRegistrationStatus(),
];
