import { PermanentFailure, type PhoneNumber } from '@frontdesk/kernel';
import type { NumberCarrier, NumberWish, OrderStanding } from '@frontdesk/numbers/ports';
import { askTelnyx, type AskTelnyx } from '../ask.ts';
import { listAll, pageSize } from '../list-all.ts';
import type { TelnyxSettings } from '../sms-gateway.ts';
import { ensureMessagingProfile } from './messaging-profile.ts';
import {
  anything,
  forSaleList,
  numberAnswer,
  numberPage,
  orderAnswer,
  orderPage,
  type WireNumber,
  type WireOrder,
} from './schemas.ts';

export type TelnyxNumberSettings = TelnyxSettings & {
  /** Where texts and the events of orders reach webhook ingress, without a trailing slash. */
  publicWebhookUrl: string;
  /** The Call Control application that calls go to; null leaves the calls of a number alone. */
  callConnectionId: string | null;
};

/** Numbers at Telnyx. An order carries our reference as its `customer_reference`, which the number keeps. */
export function telnyxNumbers({
  publicWebhookUrl,
  callConnectionId,
  ...settings
}: TelnyxNumberSettings): NumberCarrier {
  const ask = askTelnyx(settings);
  const connection = callConnectionId === null ? {} : { connection_id: callConnectionId };

  return {
    carrier: 'telnyx',

    async search(wish) {
      const { data } = await ask('search for numbers', forSaleList, (client, options) =>
        client.availablePhoneNumbers.list({ filter: filterOf(wish) }, options),
      );
      // UNVERIFIED: that Telnyx reads the features as its SDK writes them, with commas; so they are looked at here, too.
      const usable = data.filter(({ sms, voice }) => sms && voice);
      return usable.flatMap(({ number, ...rest }) => (number === null ? [] : [{ number, ...rest }]));
    },

    async findOrder({ number, reference }) {
      const orders = await ordersOf(ask, reference);
      const best = bestOf(orders.filter((order) => isFor(order, number)));
      if (best !== null) return standingOf(ask, best, number);
      const owned = await accountNumber(ask, number);
      const isOurs = owned !== null && owned.customer_reference === reference && owned.status === 'active';
      return isOurs ? { kind: 'bought', externalId: owned.id, numberId: owned.id } : null;
    },

    async order({ number, reference, profileId }) {
      const { data } = await ask('order the number', orderAnswer, (client, options) =>
        client.numberOrders.create(
          {
            phone_numbers: [{ phone_number: number }],
            messaging_profile_id: profileId,
            customer_reference: reference,
            ...connection,
          },
          options,
        ),
      );
      return standingOf(ask, data, number);
    },

    ensureProfile: (profile) => ensureMessagingProfile(ask, profile, `${publicWebhookUrl}/webhooks/telnyx/messages`),

    async configure({ number, numberId, profileId, name }) {
      const found = await ask.orNull('read the number', numberAnswer, (client, options) =>
        client.phoneNumbers.retrieve(numberId, options),
      );
      if (found === null || found.data.phone_number !== number) {
        throw new PermanentFailure('the account at Telnyx no longer has the number');
      }
      const { data } = found;
      if (data.messaging_profile_id !== profileId) {
        await ask('put the number on its messaging profile', anything, (client, options) =>
          client.phoneNumbers.messaging.update(numberId, { messaging_profile_id: profileId }, options),
        );
      }
      const isNamed = data.tags?.includes(name) === true;
      const isConnected = callConnectionId === null || data.connection_id === callConnectionId;
      if (isNamed && isConnected) return;
      await ask('send the calls of the number to us', anything, (client, options) =>
        client.phoneNumbers.update(numberId, { tags: [name], ...connection }, options),
      );
    },

    async release({ number, numberId }) {
      const id = numberId ?? (await accountNumber(ask, number))?.id;
      if (id === undefined) return;
      await ask.orNull('give the number back', anything, (client, options) => client.phoneNumbers.delete(id, options));
    },
  };
}

function filterOf({ areaCode, contains, locality, state, tollFree = false, limit }: NumberWish) {
  return {
    country_code: 'US',
    phone_number_type: tollFree ? ('toll_free' as const) : ('local' as const),
    features: ['sms' as const, 'voice' as const],
    limit,
    best_effort: false,
    ...(areaCode !== undefined && { national_destination_code: areaCode }),
    ...(contains !== undefined && { phone_number: { contains } }),
    ...(locality !== undefined && { locality }),
    ...(state !== undefined && { administrative_area: state }),
  };
}

function ordersOf(ask: AskTelnyx, reference: string): Promise<WireOrder[]> {
  return listAll('number orders', (page) =>
    ask('list the number orders', orderPage, (client, options) =>
      client.get('/number_orders', {
        ...options,
        query: { filter: { customer_reference: reference }, 'page[number]': page, 'page[size]': pageSize },
      }),
    ),
  );
}

/** A list may keep the numbers of an order to itself: the reference is that of one number all the same. */
function isFor({ phone_numbers: numbers }: WireOrder, number: PhoneNumber): boolean {
  const told = (numbers ?? []).flatMap((each) => each.phone_number ?? []);
  return told.length === 0 || told.includes(number);
}

const ranks: Readonly<Record<string, number>> = { success: 0, pending: 1 };

/** One that succeeded, else one that still may, else the newest that did not. */
function bestOf(orders: readonly WireOrder[]): WireOrder | null {
  const rank = ({ status }: WireOrder) => ranks[status] ?? 2;
  const sorted = orders.toSorted((a, b) => rank(a) - rank(b) || (b.created_at ?? '').localeCompare(a.created_at ?? ''));
  return sorted[0] ?? null;
}

/** An order that succeeded is pending as long as the account does not show its number. */
async function standingOf(ask: AskTelnyx, { id, status }: WireOrder, number: PhoneNumber): Promise<OrderStanding> {
  if (status === 'pending') return { kind: 'pending', externalId: id };
  if (status !== 'success') return { kind: 'failed', externalId: id, reason: reasons[status] ?? otherReason };
  const owned = await accountNumber(ask, number);
  return owned === null || owned.status !== 'active'
    ? { kind: 'pending', externalId: id }
    : { kind: 'bought', externalId: id, numberId: owned.id };
}

const otherReason = 'Telnyx could not activate the number; choose another one';
const reasons: Readonly<Record<string, string>> = {
  cancelled: 'the order was cancelled at Telnyx',
  deleted: 'the number of the order was deleted at Telnyx',
};

/** The account's own record of the number; its filter knows digits alone, and finds parts of numbers, too. */
async function accountNumber(ask: AskTelnyx, number: PhoneNumber): Promise<WireNumber | null> {
  const { rows } = await ask('look for the number', numberPage, (client, options) =>
    client.get('/phone_numbers', { ...options, query: { filter: { phone_number: number.slice(1) } } }),
  );
  return rows.find((row) => row.phone_number === number) ?? null;
}
