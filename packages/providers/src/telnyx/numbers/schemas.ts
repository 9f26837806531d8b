import { parsePhoneNumber } from '@frontdesk/kernel';
import { z } from 'zod';
import { dataPage } from '../list-all.ts';

const id = z.string().min(1);
const text = z.string().nullish();
const named = z.object({ name: text }).loose();

/** A row of the search; what costs something in another currency is listed without a price. */
const forSale = z
  .object({
    phone_number: z.string(),
    features: z.array(named).nullish(),
    cost_information: z.object({ monthly_cost: text, currency: text }).nullish(),
    region_information: z.array(z.object({ region_type: text, region_name: text })).nullish(),
  })
  .transform(({ phone_number, features, cost_information: cost, region_information: regions }) => {
    const region = (type: string) => regions?.find((each) => each.region_type === type)?.region_name ?? null;
    const has = (name: string) => (features ?? []).some((feature) => feature.name === name);
    const dollars = cost?.currency === 'USD' ? Number(cost.monthly_cost ?? Number.NaN) : Number.NaN;
    return {
      number: parsePhoneNumber(phone_number),
      locality: region('location'),
      state: region('state'),
      sms: has('sms'),
      mms: has('mms'),
      voice: has('voice'),
      monthlyCents: Number.isFinite(dollars) ? Math.round(dollars * 100) : null,
    };
  });

export const forSaleList = z.object({ data: z.array(forSale) });

const order = z.object({
  id,
  status: z.string(),
  phone_numbers: z.array(z.object({ phone_number: text })).nullish(),
  created_at: text,
});
export type WireOrder = z.infer<typeof order>;
export const orderAnswer = z.object({ data: order });
export const orderPage = dataPage(order);

const accountNumber = z.object({
  id,
  phone_number: z.string(),
  status: z.string(),
  connection_id: text,
  customer_reference: text,
  messaging_profile_id: text,
  tags: z.array(z.string()).nullish(),
});
export type WireNumber = z.infer<typeof accountNumber>;
export const numberAnswer = z.object({ data: accountNumber });
export const numberPage = dataPage(accountNumber);

const profile = z.object({
  id,
  name: z.string(),
  webhook_url: text,
  webhook_api_version: text,
  created_at: text,
});
export type WireProfile = z.infer<typeof profile>;
export const profileAnswer = z.object({ data: profile });
export const profilePage = dataPage(profile);

/** What is asked for its effect alone. */
export const anything = z.unknown();
