import type { ReceivedRequest } from '../../wire/received-request.ts';
import type { Reply, Route } from '../../wire/route.ts';
import { refusal } from '../errors.ts';
import type { KeyedRoute } from '../../wire/keyed-routes.ts';
import type { TwilioNumbers } from '../number-book.ts';
import { metaPage } from '../page.ts';
import type { CampaignBook, TwilioCampaign } from './campaign-book.ts';
import type { IncomingNumbers } from './incoming-numbers.ts';
import type { MessagingService, ServiceBook } from './service-book.ts';

const ORIGIN = 'https://messaging.twilio.com';
const LONGEST_NAME = 64;

interface ServiceRouteDependencies {
  keyed: KeyedRoute;
  accountSid: string;
  services: ServiceBook;
  campaigns: CampaignBook;
  incoming: IncomingNumbers;
  numbers: TwilioNumbers;
}

/** Messaging Services, and the numbers and campaigns in them. */
export function serviceRoutes(dependencies: ServiceRouteDependencies): Route[] {
  const { keyed, accountSid, services, campaigns, incoming, numbers } = dependencies;
  const known =
    (handle: (service: MessagingService, request: ReceivedRequest) => Reply) => (request: ReceivedRequest) => {
      const found = services.get(request.params['service'] ?? '');
      return found === null ? refusal(20404) : handle(found, request);
    };
  const asCampaign = ({ sid, service }: TwilioCampaign) => ({
    sid,
    account_sid: accountSid,
    messaging_service_sid: service,
    campaign_status: 'VERIFIED',
  });
  const asService = (service: MessagingService) => resourceOf(service, accountSid);

  function create({ body }: ReceivedRequest): Reply {
    const settings = settingsIn(body);
    const name = settings.friendlyName ?? '';
    if (name === '' || name.length > LONGEST_NAME) return refusal(92000, 'FriendlyName is missing or too long');
    return { status: 201, json: asService(services.add(settings)) };
  }

  function add({ sid }: MessagingService, { body }: ReceivedRequest): Reply {
    const found = incoming.bySid(new URLSearchParams(body).get('PhoneNumberSid') ?? '');
    if (found === null) return refusal(20404);
    const current = numbers.serviceOf(found.number);
    if (current === sid) return refusal(21710);
    if (current !== null) return refusal(21712);
    numbers.assign(found.number, sid);
    const url = `${ORIGIN}/v1/Services/${sid}/PhoneNumbers/${found.sid}`;
    return {
      status: 201,
      json: {
        sid: found.sid,
        account_sid: accountSid,
        service_sid: sid,
        phone_number: found.number,
        country_code: 'US',
        url,
      },
    };
  }

  function remove({ sid }: MessagingService, { params }: ReceivedRequest): Reply {
    const found = incoming.bySid(params['number'] ?? '');
    if (found === null || numbers.serviceOf(found.number) !== sid) return refusal(20404);
    numbers.assign(found.number, null);
    return { status: 204 };
  }

  return [
    keyed('POST', '/v1/Services', create),
    keyed('GET', '/v1/Services', ({ path, query }) =>
      metaPage({ key: 'services', origin: ORIGIN, path, query, rows: services.list().map(asService) }),
    ),
    keyed(
      'POST',
      '/v1/Services/:service',
      known(({ sid }, { body }) => ({
        status: 200,
        json: asService(services.change(sid, settingsIn(body))),
      })),
    ),
    keyed('POST', '/v1/Services/:service/PhoneNumbers', known(add)),
    keyed('DELETE', '/v1/Services/:service/PhoneNumbers/:number', known(remove)),
    keyed(
      'GET',
      '/v1/Services/:service/Compliance/Usa2p',
      known(({ sid }, { path, query }) => {
        const rows = campaigns.list().filter(({ service }) => service === sid);
        return metaPage({ key: 'compliance', origin: ORIGIN, path, query, rows: rows.map(asCampaign) });
      }),
    ),
    keyed(
      'DELETE',
      '/v1/Services/:service/Compliance/Usa2p/:campaign',
      known(({ sid: service }, { params }) =>
        campaigns.remove({ sid: params['campaign'] ?? '', service }) ? { status: 204 } : refusal(20404),
      ),
    ),
  ];
}

function settingsIn(body: string): Partial<MessagingService> {
  const form = new URLSearchParams(body);
  const name = form.get('FriendlyName');
  const inbound = form.get('InboundRequestUrl');
  const status = form.get('StatusCallback');
  const onNumber = form.get('UseInboundWebhookOnNumber');
  return {
    ...(name !== null && { friendlyName: name }),
    ...(inbound !== null && { inboundRequestUrl: inbound }),
    ...(status !== null && { statusCallback: status }),
    ...(onNumber !== null && { useInboundWebhookOnNumber: onNumber === 'true' }),
  };
}

function resourceOf(service: MessagingService, accountSid: string) {
  return {
    sid: service.sid,
    account_sid: accountSid,
    friendly_name: service.friendlyName,
    date_created: service.createdAt.toString({ smallestUnit: 'second' }),
    date_updated: service.createdAt.toString({ smallestUnit: 'second' }),
    inbound_request_url: service.inboundRequestUrl,
    inbound_method: 'POST',
    status_callback: service.statusCallback,
    use_inbound_webhook_on_number: service.useInboundWebhookOnNumber,
    url: `${ORIGIN}/v1/Services/${service.sid}`,
  };
}
