import { newId } from '@frontdesk/kernel';
import { z } from 'zod';
import { parseFiles } from '../../wire/parse-form.ts';
import type { ReceivedRequest } from '../../wire/received-request.ts';
import type { Reply, Route } from '../../wire/route.ts';
import { malformed } from '../account/profile-routes.ts';
import { refusal } from '../errors.ts';
import type { KeyedRoute } from '../../wire/keyed-routes.ts';
import { paged } from '../paged.ts';
import type { Eligibility } from './eligibility.ts';
import type { HostedDesk, HostedOrder } from './hosted-desk.ts';

const numbersBody = z.object({ phone_numbers: z.array(z.string()).min(1) });
const orderBody = numbersBody.extend({ messaging_profile_id: z.string().optional() });
const codesBody = numbersBody.extend({ verification_method: z.enum(['sms', 'call']) });
const validationBody = z.object({
  verification_codes: z.array(z.object({ phone_number: z.string(), code: z.string() })).min(1),
});

interface HostedRouteDependencies {
  keyed: KeyedRoute;
  desk: HostedDesk;
  eligibility: Eligibility;
  newCode: () => string;
  knowsProfile: (id: string) => boolean;
  /** The documents of an order are there. */
  onDocuments: (order: HostedOrder) => void;
}

const path = '/v2/messaging_hosted_number_orders';

/** Hosted numbers, from the check of eligibility to the documents. */
export function hostedRoutes(dependencies: HostedRouteDependencies): Route[] {
  const { keyed, desk, eligibility, newCode, knowsProfile, onDocuments } = dependencies;

  const route = <T>(suffix: string, schema: z.ZodType<T>, handle: (body: T, request: ReceivedRequest) => Reply) =>
    keyed('POST', `${path}${suffix}`, (request) => {
      const { success, data, error } = schema.safeParse(request.json);
      return success ? handle(data, request) : malformed(error);
    });
  const withOrder = ({ params }: ReceivedRequest, handle: (order: HostedOrder) => Reply): Reply => {
    const order = desk.get(params['id'] ?? '');
    return order === undefined ? refusal('10005', 'The requested hosted number order does not exist.') : handle(order);
  };

  function check({ phone_numbers: numbers }: z.infer<typeof numbersBody>): Reply {
    const rows = eligibility.check(numbers).map(({ number, status }) => ({
      phone_number: number,
      eligible: status === 'ELIGIBLE',
      eligible_status: status,
      detail: status === 'ELIGIBLE' ? 'Number is eligible.' : `Number can not be hosted: ${status}.`,
    }));
    return { status: 200, json: { phone_numbers: rows } };
  }

  function create({ phone_numbers: numbers, messaging_profile_id: profileId }: z.infer<typeof orderBody>): Reply {
    const wrong = eligibility.check(numbers).find(({ status }) => status !== 'ELIGIBLE');
    if (wrong !== undefined) return refusal('10027', `The number is not eligible: ${wrong.status}.`, '/phone_numbers');
    if (profileId !== undefined && !knowsProfile(profileId)) {
      return refusal('10015', 'There is no such messaging profile.', '/messaging_profile_id');
    }
    return answered(desk.create(numbers, profileId ?? null));
  }

  function sendCodes(body: z.infer<typeof codesBody>, request: ReceivedRequest): Reply {
    return withOrder(request, (order) => {
      const data = body.phone_numbers.map((number) => {
        const hosted = order.numbers.find((each) => each.number === number);
        if (hosted === undefined) return { phone_number: number, error: 'The number is not part of the order.' };
        hosted.code = newCode();
        return { phone_number: number, type: body.verification_method, verification_code_id: newId() };
      });
      return { status: 200, json: { data } };
    });
  }

  function validate(body: z.infer<typeof validationBody>, request: ReceivedRequest): Reply {
    return withOrder(request, (order) => {
      const numbers = body.verification_codes.map(({ phone_number, code }) => ({
        phone_number,
        status: verdict(order, phone_number, code),
      }));
      return { status: 200, json: { data: { order_id: order.id, phone_numbers: numbers } } };
    });
  }

  async function upload(request: ReceivedRequest): Promise<Reply> {
    const files = await parseFiles(request);
    return withOrder(request, (order) => {
      const loa = files?.get('loa');
      const bill = files?.get('bill');
      if (loa === undefined) return refusal('10004', "The 'loa' file is required.", '/loa');
      if (bill === undefined) return refusal('10004', "The 'bill' file is required.", '/bill');
      order.documents = { loa, bill };
      order.status = isPdf(loa) ? 'loa_file_successful' : 'loa_file_invalid';
      return { ...answered(order), afterwards: () => onDocuments(order) };
    });
  }

  return [
    route('/eligibility_numbers_check', numbersBody, check),
    route('', orderBody, create),
    keyed('GET', path, ({ query }) => paged(query, desk.list().map(asHostedOrder))),
    keyed('GET', `${path}/:id`, (request) => withOrder(request, answered)),
    keyed('DELETE', `${path}/:id`, (request) => withOrder(request, ({ id }) => answered(desk.remove(id)))),
    route('/:id/verification_codes', codesBody, sendCodes),
    route('/:id/validation_codes', validationBody, validate),
    keyed('POST', `${path}/:id/actions/file_upload`, upload),
  ];
}

function verdict(order: HostedOrder, number: string, code: string): 'verified' | 'rejected' | 'already_verified' {
  const hosted = order.numbers.find((each) => each.number === number);
  if (hosted === undefined) return 'rejected';
  if (hosted.status === 'ownership_successful') return 'already_verified';
  if (hosted.code === null || hosted.code !== code) return 'rejected';
  hosted.status = 'ownership_successful';
  return 'verified';
}

function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
}

function answered(order: HostedOrder): Reply {
  return { status: 200, json: { data: asHostedOrder(order) } };
}

function asHostedOrder({ id, status, profileId, numbers }: HostedOrder) {
  return {
    id,
    record_type: 'messaging_hosted_number_order',
    status,
    messaging_profile_id: profileId,
    phone_numbers: numbers.map((each) => ({
      id: each.id,
      record_type: 'messaging_hosted_number',
      phone_number: each.number,
      status: each.status,
    })),
  };
}
