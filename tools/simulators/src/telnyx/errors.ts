import type { Reply } from '../wire/route.ts';

const refusals = {
  '10004': [400, 'Missing required parameter'],
  '10005': [404, 'Resource not found'],
  '10007': [500, 'Unexpected error'],
  '10008': [503, 'Service unavailable'],
  '10009': [401, 'Authentication failed'],
  '10011': [429, 'Too many requests'],
  '10015': [400, 'Bad request'],
  '10016': [400, 'Phone number must be in +E.164 format'],
  '10027': [422, 'Unprocessable entity'],
  '40300': [403, 'Blocked due to STOP message'],
  '40301': [400, 'Unsupported message type'],
  '40302': [400, 'Message too large'],
  '40304': [400, 'Invalid combination of message content'],
  '40305': [400, "Invalid 'from' address"],
  '40309': [400, 'Destination region not on the whitelist'],
  '40310': [400, "Invalid 'to' address"],
  '40312': [400, 'Messaging profile is disabled'],
  '40314': [403, 'Messaging is disabled on the account'],
  '40315': [400, 'Unhealthy sender'],
  '40316': [400, 'No content provided'],
  '40317': [400, 'Invalid MMS content'],
  '40318': [429, 'Message queue is full'],
  '40321': [400, 'No usable numbers on the messaging profile'],
  '40322': [400, 'Blocked due to content'],
  '40328': [400, 'SMS exceeds the recommended length'],
  '40329': [400, 'Toll-free number is not verified'],
  '40330': [400, 'Number is not provisioned'],
  '40331': [400, 'No destination whitelist'],
  '40333': [400, 'Daily spend limit reached'],
  '90015': [422, 'Invalid call control ID'],
  '90017': [422, 'Invalid client state'],
  '90018': [422, 'Call has already ended'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

/** The error codes of the reference that a request can be answered with. */
export type RefusalCode = keyof typeof refusals;

/** The answer `{"errors":[…]}`. The reference names codes, not their HTTP status: those are chosen among its classes. */
export function refusal(code: RefusalCode, detail: string, pointer?: string): Reply {
  const [status, title] = refusals[code];
  const source = pointer === undefined ? {} : { source: { pointer } };
  return { status, json: { errors: [{ code, title, detail, ...source }] } };
}
