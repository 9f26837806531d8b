import type { CarrierName } from '@frontdesk/contracts';
import type { Logger } from '@frontdesk/kernel';
import { createCircuit, type CarrierAccount, type TextGateway } from '@frontdesk/messaging';
import { telnyxSmsGateway } from '@frontdesk/providers/telnyx';
import { twilioTextGateway } from '@frontdesk/providers/twilio';
import { meter, type WorkConfig } from '@frontdesk/runtime';
import type { Config } from './config.ts';
import { tracedGateway } from './traced-gateway.ts';

/** The accounts that texts leave by: Telnyx, and Twilio when its settings are there. */
export function openCarriers(config: WorkConfig<Config>, logger: Logger): ReadonlyMap<CarrierName, CarrierAccount> {
  const changes = meter().createCounter('frontdesk_messaging_circuit_changes', {
    description: 'carrier accounts that texts were kept from, or led to again, by this instance',
  });
  const open = meter().createGauge('frontdesk_messaging_circuit_open', {
    description: '1 while this instance keeps texts from a carrier account, else 0',
  });
  const account = (gateway: TextGateway, textsPerSecond: number): CarrierAccount => {
    const { provider } = gateway;
    open.record(0, { provider });
    const circuit = createCircuit(
      {
        failures: config.SEND_CIRCUIT_FAILURES,
        pauseMs: config.SEND_CIRCUIT_PAUSE_MS,
        capMs: config.SEND_CIRCUIT_PAUSE_MS * 16,
      },
      (state) => {
        changes.add(1, { provider, state });
        open.record(state === 'open' ? 1 : 0, { provider });
        if (state === 'open') logger.error({ provider }, 'a carrier does not work; texts wait or leave by another');
        else logger.info({ provider }, 'a carrier works again');
      },
    );
    return { gateway: tracedGateway(gateway), circuit, textsPerSecond };
  };
  const shared = { publicWebhookUrl: config.PUBLIC_WEBHOOK_URL, timeoutMs: config.SEND_TIMEOUT_MS };
  const telnyx = telnyxSmsGateway({ ...shared, apiKey: config.TELNYX_API_KEY, baseUrl: config.TELNYX_BASE_URL });
  const carriers = new Map([['telnyx' as CarrierName, account(telnyx, config.TELNYX_TEXTS_PER_SECOND)]]);
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = config;
  if (accountSid !== undefined && authToken !== undefined) {
    const twilio = twilioTextGateway({ ...shared, accountSid, authToken, baseUrl: config.TWILIO_BASE_URL });
    carriers.set('twilio', account(twilio, config.TWILIO_TEXTS_PER_SECOND));
  }
  return carriers;
}
