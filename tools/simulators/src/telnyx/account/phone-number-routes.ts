import { z } from 'zod';
import type { ReceivedRequest } from '../../wire/received-request.ts';
import type { Reply, Route } from '../../wire/route.ts';
import { refusal } from '../errors.ts';
import type { KeyedRoute } from '../../wire/keyed-routes.ts';
import { paged } from '../paged.ts';
import type { AccountNumber, AccountNumbers } from './account-numbers.ts';
import { everyFeature, type NumberForSale, type NumberStock } from './number-stock.ts';
import { malformed } from './profile-routes.ts';

const change = z.object({
  connection_id: z.string().optional(),
  customer_reference: z.string().optional(),
  tags: z.array(z.string()).optional(),
});
const messagingChange = z.object({ messaging_profile_id: z.string().nullable().optional() });

interface PhoneNumberDependencies {
  keyed: KeyedRoute;
  stock: NumberStock;
  numbers: AccountNumbers;
  knowsProfile: (id: string) => boolean;
}

/** The numbers that are for sale, and those that the account has. */
export function phoneNumberRoutes({ keyed, stock, numbers, knowsProfile }: PhoneNumberDependencies): Route[] {
  const of = ({ params }: ReceivedRequest) => numbers.byId(params['id'] ?? '');
  const reply = (number: AccountNumber): Reply => ({ status: 200, json: { data: asPhoneNumber(number, numbers) } });

  function search({ query }: ReceivedRequest): Reply {
    const found = stock.find(query);
    const meta = { total_results: found.length, best_effort_results: 0 };
    return { status: 200, json: { data: found.map(asForSale), meta, metadata: meta } };
  }

  function list({ query }: ReceivedRequest): Reply {
    const digits = query.get('filter[phone_number]')?.replace(/^\+/, '') ?? '';
    const rows = numbers
      .list()
      .filter(({ number }) => number.includes(digits))
      .filter(({ status }) => status === (query.get('filter[status]') ?? status))
      .filter((each) => (query.get('filter[customer_reference]') ?? each.customerReference) === each.customerReference);
    return paged(
      query,
      rows.map((each) => asPhoneNumber(each, numbers)),
    );
  }

  function update(request: ReceivedRequest): Reply {
    const number = of(request);
    if (number === undefined) return unknown;
    const { success, data, error } = change.safeParse(request.json);
    if (!success) return malformed(error);
    numbers.change(number.number, {
      ...(data.connection_id !== undefined && { connectionId: data.connection_id }),
      ...(data.customer_reference !== undefined && { customerReference: data.customer_reference }),
      ...(data.tags !== undefined && { tags: data.tags }),
    });
    return reply(numbers.byNumber(number.number) ?? number);
  }

  function updateMessaging(request: ReceivedRequest): Reply {
    const number = of(request);
    if (number === undefined) return unknown;
    const { success, data, error } = messagingChange.safeParse(request.json);
    if (!success) return malformed(error);
    const { messaging_profile_id: profileId } = data;
    if (typeof profileId === 'string') {
      if (profileId !== '' && !knowsProfile(profileId)) {
        return refusal('10015', 'There is no such messaging profile.', '/messaging_profile_id');
      }
      numbers.assign(number.number, profileId);
    }
    return { status: 200, json: { data: asMessaging(number, numbers) } };
  }

  function remove(request: ReceivedRequest): Reply {
    const number = of(request);
    if (number === undefined) return unknown;
    if (number.deletionLocked) return refusal('10027', 'The deletion lock of the number is on.');
    const data = { ...asPhoneNumber(number, numbers), status: 'deleted' };
    numbers.remove(number.number);
    return { status: 200, json: { data } };
  }

  function read(request: ReceivedRequest, describe: (number: AccountNumber) => Reply): Reply {
    const number = of(request);
    return number === undefined ? unknown : describe(number);
  }

  return [
    keyed('GET', '/v2/available_phone_numbers', search),
    keyed('GET', '/v2/phone_numbers', list),
    keyed('GET', '/v2/phone_numbers/:id', (request) => read(request, reply)),
    keyed('PATCH', '/v2/phone_numbers/:id', update),
    keyed('DELETE', '/v2/phone_numbers/:id', remove),
    keyed('GET', '/v2/phone_numbers/:id/messaging', (request) =>
      read(request, (number) => ({ status: 200, json: { data: asMessaging(number, numbers) } })),
    ),
    keyed('PATCH', '/v2/phone_numbers/:id/messaging', updateMessaging),
  ];
}

const unknown = refusal('10005', 'The requested phone number does not exist.');

function asForSale({ number, locality, state, tollFree, features, monthlyCost }: NumberForSale) {
  return {
    record_type: 'available_phone_number',
    phone_number: number,
    best_effort: false,
    quickship: true,
    reservable: true,
    vanity_format: '',
    cost_information: { monthly_cost: monthlyCost ?? '1.00000', upfront_cost: '1.00000', currency: 'USD' },
    features: (features ?? everyFeature).map((name) => ({ name })),
    phone_number_type: tollFree === true ? 'toll_free' : 'local',
    region_information: [
      { region_type: 'country_code', region_name: 'US' },
      ...(state === undefined ? [] : [{ region_type: 'state', region_name: state }]),
      ...(locality === undefined ? [] : [{ region_type: 'location', region_name: locality }]),
    ],
  };
}

function asPhoneNumber(each: AccountNumber, numbers: AccountNumbers) {
  return {
    id: each.id,
    record_type: 'phone_number',
    phone_number: each.number,
    country_iso_alpha2: 'US',
    phone_number_type: 'local',
    status: each.status,
    tags: each.tags,
    connection_id: each.connectionId,
    customer_reference: each.customerReference,
    messaging_profile_id: numbers.profileOf(each.number),
    deletion_lock_enabled: each.deletionLocked,
    external_pin: null,
    purchased_at: each.purchasedAt,
    created_at: each.purchasedAt,
  };
}

function asMessaging({ id, number, tags }: AccountNumber, numbers: AccountNumbers) {
  return {
    record_type: 'messaging_settings',
    id,
    phone_number: number,
    messaging_profile_id: numbers.profileOf(number),
    messaging_product: 'A2P',
    country_code: 'US',
    type: 'longcode',
    tags,
  };
}
