import type { Route } from '../../contract/route.ts';
import { checkBrand } from './check-brand.ts';
import { checkCampaign } from './check-campaign.ts';
import { createBrand } from './create-brand.ts';
import { createCampaign } from './create-campaign.ts';
import { getBrand } from './get-brand.ts';
import { getCampaign } from './get-campaign.ts';
import { getRegistrationStatus } from './get-registration-status.ts';
import { listBrands } from './list-brands.ts';
import { listCampaigns } from './list-campaigns.ts';
import { addNumberToCampaign, removeNumberFromCampaign } from './move-campaign-number.ts';
import { submitBrand } from './submit-brand.ts';
import { submitCampaign } from './submit-campaign.ts';
import { updateBrand } from './update-brand.ts';
import { updateCampaign } from './update-campaign.ts';

/** Brands, campaigns and their numbers at the registry of ten-digit senders. */
export const tendlcRoutes = (): readonly Route[] => [
  checkBrand(),
  createBrand(),
  listBrands(),
  getBrand(),
  updateBrand(),
  submitBrand(),
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
