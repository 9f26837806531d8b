import type { PhoneCarrier } from '@frontdesk/contracts';
import { systemClock } from '@frontdesk/kernel';
import { telnyxHostedNumbers, telnyxNumbers, telnyxOwnerCodes } from '@frontdesk/providers/telnyx';
import { twilioNumbers } from '@frontdesk/providers/twilio';
import type { WorkConfig } from '@frontdesk/runtime';
import type pg from 'pg';
import type { Config } from './config.ts';
import { makeCountCode } from './numbers/count-code.ts';
import { noNumberVendors, type NumberVendors } from './numbers/number-vendors.ts';

/** Only the worker sets numbers up; here they are looked for. */
const setsNothingUp = { publicWebhookUrl: '', callConnectionId: null };

/** The carriers whose settings are there. */
export function openNumberVendors(config: WorkConfig<Config>, { counting }: { counting: pg.Pool }): NumberVendors {
  const carriers = new Map<PhoneCarrier, ReturnType<NumberVendors['carriers']['get']> & {}>();
  const timeoutMs = config.VENDOR_TIMEOUT_MS;
  const { TELNYX_API_KEY: apiKey, TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = config;
  if (accountSid !== undefined && authToken !== undefined) {
    const twilio = { accountSid, authToken, baseUrl: config.TWILIO_BASE_URL, timeoutMs };
    carriers.set('twilio', twilioNumbers({ ...twilio, ...setsNothingUp }));
  }
  if (apiKey === undefined) return { ...noNumberVendors, carriers };
  const telnyx = { apiKey, baseUrl: config.TELNYX_BASE_URL, timeoutMs };
  carriers.set('telnyx', telnyxNumbers({ ...telnyx, ...setsNothingUp }));
  return {
    carriers,
    hosted: telnyxHostedNumbers(telnyx),
    registry: telnyxOwnerCodes(telnyx),
    countCode: makeCountCode({ pool: counting, apiKey, clock: systemClock }),
  };
}
