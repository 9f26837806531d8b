import { z } from 'zod';
import type { ReceivedRequest } from '../../wire/received-request.ts';
import type { Reply, Route } from '../../wire/route.ts';
import { readAddress, wireAddress } from '../address.ts';
import { refusal } from '../errors.ts';
import type { KeyedRoute } from '../../wire/keyed-routes.ts';
import { metaPage } from '../page.ts';
import type { SenderBook, TwilioSender } from './sender-book.ts';

const ORIGIN = 'https://messaging.twilio.com';

const sender = z.strictObject({
  sender_id: z.string().regex(/^whatsapp:\+[1-9]\d{7,14}$/),
  friendly_name: z.string().optional(),
  configuration: z.looseObject({ waba_id: z.string().optional() }).optional(),
  webhook: z
    .strictObject({
      callback_url: z.url(),
      callback_method: z.enum(['POST', 'PUT']),
      fallback_url: z.url(),
      fallback_method: z.enum(['POST', 'PUT']),
      status_callback_url: z.url(),
      status_callback_method: z.enum(['POST', 'PUT']),
    })
    .partial()
    .optional(),
  profile: z.looseObject({ name: z.string().min(3) }),
});

interface SenderRouteDependencies {
  keyed: KeyedRoute;
  senders: SenderBook;
  onCreated: (sender: TwilioSender) => void;
}

/** The Senders API, of WhatsApp alone. */
export function senderRoutes({ keyed, senders, onCreated }: SenderRouteDependencies): Route[] {
  const known = (handle: (found: TwilioSender) => Reply) => (request: ReceivedRequest) => {
    const found = senders.get(request.params['sid'] ?? '');
    return found === null ? refusal(20404) : handle(found);
  };

  function create({ json }: ReceivedRequest): Reply {
    const { success, data } = sender.safeParse(json);
    if (!success) return refusal(92000, 'Invalid request: sender');
    const { address: number } = readAddress(data.sender_id);
    if (senders.byNumber(number) !== null) return refusal(92000, 'The sender exists already.');
    const { callback_url: callbackUrl = null, status_callback_url: statusCallbackUrl = null } = data.webhook ?? {};
    const wabaId = data.configuration?.waba_id ?? null;
    const added = senders.add({ number, displayName: data.profile.name, wabaId, callbackUrl, statusCallbackUrl });
    return { status: 202, json: resourceOf(added), afterwards: () => onCreated(added) };
  }

  function list({ path, query }: ReceivedRequest): Reply {
    if (query.get('Channel') !== 'whatsapp') return refusal(92000, 'Channel is required');
    return metaPage({ key: 'senders', origin: ORIGIN, path, query, rows: senders.list().map(resourceOf) });
  }

  const path = '/v2/Channels/Senders';
  return [
    keyed('POST', path, create),
    keyed('GET', path, list),
    keyed(
      'GET',
      `${path}/:sid`,
      known((found) => ({ status: 200, json: resourceOf(found) })),
    ),
    keyed(
      'DELETE',
      `${path}/:sid`,
      known(({ sid }) => {
        senders.remove(sid);
        return { status: 204 };
      }),
    ),
  ];
}

function resourceOf(each: TwilioSender) {
  return {
    sid: each.sid,
    sender_id: wireAddress('whatsapp', each.number),
    status: each.status,
    configuration: { waba_id: each.wabaId },
    webhook: {
      callback_url: each.callbackUrl,
      callback_method: 'POST',
      status_callback_url: each.statusCallbackUrl,
      status_callback_method: 'POST',
    },
    profile: { name: each.displayName },
    properties: { quality_rating: 'HIGH', messaging_limit: '1K Customers/24hr' },
    offline_reasons: each.offlineReasons.map(({ code, message }) => ({ code, message, more_info: '' })),
    compliance: null,
    url: `${ORIGIN}/v2/Channels/Senders/${each.sid}`,
  };
}
