import type { Reply } from '../wire/route.ts';

const refusals = {
  20003: [401, 'Authenticate'],
  20404: [404, 'The requested resource was not found'],
  20429: [429, 'Too Many Requests'],
  20500: [500, 'An internal server error has occurred'],
  20503: [503, 'Service unavailable'],
  21211: [400, "Invalid 'To' Phone Number"],
  21212: [400, "Invalid 'From' Number"],
  21408: [400, 'Permission to send an SMS has not been enabled for the region'],
  21602: [400, 'Message body is required.'],
  21603: [400, "A 'From' phone number or Messaging Service is required."],
  21604: [400, "A 'To' phone number is required."],
  21606: [400, "The 'From' number is not a valid, SMS-capable number of this account."],
  21608: [400, "The 'To' number is not verified: trial accounts send to verified numbers only."],
  21609: [400, "The 'StatusCallback' URL is not valid."],
  21610: [400, 'Attempt to send to unsubscribed recipient'],
  21611: [429, "This 'From' number has exceeded the maximum number of queued messages."],
  21612: [400, "The 'To' number is not reachable by this 'From' number."],
  21614: [400, "'To' number is not a valid mobile number"],
  21617: [400, 'The concatenated message body exceeds the 1600 character limit.'],
  21620: [400, 'Invalid media URL(s)'],
  21623: [400, 'Number of media files exceeds allowed limit.'],
  21635: [400, "'To' number cannot be a landline"],
  21701: [404, 'The Messaging Service does not exist.'],
  21703: [400, 'The Messaging Service has no phone numbers.'],
} as const satisfies Record<number, readonly [status: number, message: string]>;

/** The error codes of the reference that a request can be answered with. */
export type TwilioRefusalCode = keyof typeof refusals;

/** Twilio's error JSON. The reference names codes, not their HTTP status: those are chosen among its classes. */
export function refusal(code: TwilioRefusalCode): Reply {
  const [status, message] = refusals[code];
  return { status, json: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}
