import type { ReceivedRequest } from '../../wire/received-request.ts';
import type { Reply, Route } from '../../wire/route.ts';
import { refusal } from '../errors.ts';
import type { KeyedRoute } from '../../wire/keyed-routes.ts';
import { plainPage } from '../page.ts';
import { API_VERSION } from '../types.ts';
import type { IncomingNumber, IncomingNumbers } from './incoming-numbers.ts';
import type { NumberShelf, TwilioNumberForSale } from './number-shelf.ts';

const LONGEST_NAME = 64;

interface NumberRouteDependencies {
  keyed: KeyedRoute;
  accountSid: string;
  shelf: NumberShelf;
  incoming: IncomingNumbers;
}

/** Searches, buys, configures and releases numbers. */
export function numberRoutes({ keyed, accountSid, shelf, incoming }: NumberRouteDependencies): Route[] {
  const account = `/${API_VERSION}/Accounts/:account`;

  const search =
    (kind: 'local' | 'toll-free') =>
    ({ path, query, params }: ReceivedRequest): Reply => {
      if (params['country'] !== 'US') return refusal(20404);
      return plainPage({ key: 'available_phone_numbers', path, rows: shelf.find(query, kind).map(asAvailable) });
    };

  function list({ path, query }: ReceivedRequest): Reply {
    const number = query.get('PhoneNumber');
    const name = query.get('FriendlyName');
    const rows = incoming
      .list()
      .filter(
        (each) =>
          (number === null || each.number.includes(number)) && (name ?? each.friendlyName) === each.friendlyName,
      );
    return plainPage({ key: 'incoming_phone_numbers', path, rows: rows.map((each) => asIncoming(each, accountSid)) });
  }

  function buy({ body }: ReceivedRequest): Reply {
    const form = new URLSearchParams(body);
    const number = form.get('PhoneNumber') ?? '';
    if (!/^\+1[2-9]\d{9}$/.test(number)) return refusal(21421);
    if ((form.get('FriendlyName') ?? '').length > LONGEST_NAME) return refusal(92000, 'FriendlyName is too long');
    if (!shelf.has(number)) return refusal(21422);
    shelf.take(number);
    return { status: 201, json: asIncoming(incoming.add(number, settingsIn(form)), accountSid) };
  }

  const known = (handle: (number: IncomingNumber, request: ReceivedRequest) => Reply) => (request: ReceivedRequest) => {
    const found = incoming.bySid((request.params['sid'] ?? '').replace(/\.json$/, ''));
    return found === null ? refusal(20404) : handle(found, request);
  };

  const one = `${account}/IncomingPhoneNumbers/:sid`;
  return [
    keyed('GET', `${account}/AvailablePhoneNumbers/:country/Local.json`, search('local')),
    keyed('GET', `${account}/AvailablePhoneNumbers/:country/TollFree.json`, search('toll-free')),
    keyed('POST', `${account}/IncomingPhoneNumbers.json`, buy),
    keyed('GET', `${account}/IncomingPhoneNumbers.json`, list),
    keyed(
      'GET',
      one,
      known((found) => ({ status: 200, json: asIncoming(found, accountSid) })),
    ),
    keyed(
      'POST',
      one,
      known(({ number }, { body }) => {
        const settings = settingsIn(new URLSearchParams(body));
        if ((settings.friendlyName ?? '').length > LONGEST_NAME) return refusal(92000, 'FriendlyName is too long');
        return { status: 200, json: asIncoming(incoming.change(number, settings), accountSid) };
      }),
    ),
    keyed(
      'DELETE',
      one,
      known(({ number }) => {
        incoming.remove(number);
        shelf.putBack(number);
        return { status: 204 };
      }),
    ),
  ];
}

const parameters = {
  friendlyName: 'FriendlyName',
  voiceUrl: 'VoiceUrl',
  statusCallback: 'StatusCallback',
  smsUrl: 'SmsUrl',
} as const;

function settingsIn(form: URLSearchParams): Partial<IncomingNumber> {
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, parameter]) => {
      const value = form.get(parameter);
      return value === null ? [] : [[name, value]];
    }),
  );
}

function asAvailable({ number, locality, state, sms = true, mms = true }: TwilioNumberForSale) {
  return {
    friendly_name: number,
    phone_number: number,
    lata: null,
    locality: locality ?? null,
    rate_center: null,
    latitude: null,
    longitude: null,
    region: state ?? null,
    postal_code: null,
    iso_country: 'US',
    address_requirements: 'none',
    beta: false,
    capabilities: { voice: true, SMS: sms, MMS: mms },
  };
}

function asIncoming(
  { sid, number, friendlyName, voiceUrl, statusCallback, smsUrl }: IncomingNumber,
  accountSid: string,
) {
  return {
    sid,
    account_sid: accountSid,
    friendly_name: friendlyName,
    phone_number: number,
    voice_url: voiceUrl,
    voice_method: 'POST',
    status_callback: statusCallback,
    status_callback_method: 'POST',
    sms_url: smsUrl,
    sms_method: 'POST',
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    origin: 'twilio',
    status: 'in-use',
    uri: `/${API_VERSION}/Accounts/${accountSid}/IncomingPhoneNumbers/${sid}.json`,
  };
}
