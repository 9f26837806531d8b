import type { Reply } from '../wire/route.ts';

const refusals = {
  20003: [401, 'Authenticate'],
  20005: [403, 'Account not active'],
  20006: [403, 'Access Denied'],
  20404: [404, 'The requested resource was not found'],
  20429: [429, 'Too Many Requests'],
  20500: [500, 'An internal server error has occurred'],
  20503: [503, 'Service unavailable'],
  21211: [400, "Invalid 'To' Phone Number"],
  21212: [400, "Invalid 'From' Number"],
  21408: [400, 'Permission to send an SMS has not been enabled for the region'],
  21404: [400, 'Trial accounts may have no more phone numbers.'],
  21421: [400, 'PhoneNumber is invalid'],
  21422: [400, 'PhoneNumber is not available'],
  21451: [400, 'The area code does not exist.'],
  21452: [400, 'No phone numbers found'],
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
  21631: [400, 'Phone number requires an address'],
  21649: [400, 'Bundle required'],
  21655: [400, 'The ContentSid is not valid.'],
  21656: [400, 'The ContentVariables are not valid.'],
  21701: [404, 'The Messaging Service does not exist.'],
  21703: [400, 'The Messaging Service has no phone numbers.'],
  21710: [409, 'The phone number is already in the Messaging Service.'],
  21712: [409, 'The phone number is associated with another Messaging Service.'],
  63003: [400, 'Channel could not find the To address'],
  63007: [400, 'Twilio could not find a Channel with the specified From address'],
  63014: [400, 'The recipient blocked the sender'],
  63016: [400, 'Failed to send a freeform message because you are outside the allowed window.'],
  63018: [429, 'Rate limit exceeded for Channel'],
  63021: [400, 'Channel invalid content error'],
  63024: [400, 'Invalid message recipient'],
  63041: [400, 'The template is paused'],
  63042: [400, 'The template is disabled'],
  63049: [400, 'Meta chose not to deliver this message'],
  92000: [400, 'Invalid request'],
} as const satisfies Record<number, readonly [status: number, message: string]>;

/** The error codes of the reference that a request can be answered with. */
export type TwilioRefusalCode = keyof typeof refusals;

/** Twilio's error JSON. The reference names codes, not their HTTP status: those are chosen among its classes. */
export function refusal(code: TwilioRefusalCode, words?: string): Reply {
  const [status, usual] = refusals[code];
  const message = words ?? usual;
  return { status, json: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status } };
}
