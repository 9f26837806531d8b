import type { PhoneCarrier } from '@frontdesk/contracts';
import { telnyxHostedNumbers, telnyxNumbers, telnyxOwnerCodes } from '@frontdesk/providers/telnyx';
import { twilioNumbers } from '@frontdesk/providers/twilio';
import type { WorkConfig } from '@frontdesk/runtime';
import type { Config } from './config.ts';
import type { NumberVendors } from './numbers/number-vendors.ts';

/** Only the worker sets numbers up; here they are looked for. */
const setsNothingUp = { publicWebhookUrl: '', callConnectionId: null };

/** The carriers whose settings are there. */
export function openNumberVendors(config: WorkConfig<Config>): NumberVendors {
  const carriers = new Map<PhoneCarrier, ReturnType<NumberVendors['carriers']['get']> & {}>();
  const timeoutMs = config.VENDOR_TIMEOUT_MS;
  const { TELNYX_API_KEY: apiKey, TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = config;
  const telnyx = apiKey === undefined ? null : { apiKey, baseUrl: config.TELNYX_BASE_URL, timeoutMs };
  if (telnyx !== null) carriers.set('telnyx', telnyxNumbers({ ...telnyx, ...setsNothingUp }));
  if (accountSid !== undefined && authToken !== undefined) {
    const twilio = { accountSid, authToken, baseUrl: config.TWILIO_BASE_URL, timeoutMs };
    carriers.set('twilio', twilioNumbers({ ...twilio, ...setsNothingUp }));
  }
  if (telnyx === null) return { carriers, hosted: null, registry: null };
  return { carriers, hosted: telnyxHostedNumbers(telnyx), registry: telnyxOwnerCodes(telnyx) };
}
