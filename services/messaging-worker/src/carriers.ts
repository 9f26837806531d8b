import type { CarrierName } from '@frontdesk/contracts';
import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import { createCircuit, type CarrierAccount, type ReconcilePorts, type TextGateway } from '@frontdesk/messaging';
import { metaTextGateway, readMetaCode } from '@frontdesk/providers/meta';
import { readTelnyxCode, telnyxSmsGateway } from '@frontdesk/providers/telnyx';
import { readTwilioCode, twilioTextGateway } from '@frontdesk/providers/twilio';
import { meter, type WorkConfig } from '@frontdesk/runtime';
import type { Config } from './config.ts';
import { tracedGateway } from './traced-gateway.ts';
import { makeWhatsAppTokens } from './whatsapp-tokens.ts';

const readers = { telnyx: readTelnyxCode, twilio: readTwilioCode, meta: readMetaCode };
export const readCode: ReconcilePorts['readCode'] = (carrier, code) => readers[carrier](code);

/** The accounts that texts leave by: Telnyx, and Twilio and Meta when their settings are there. */
export function openCarriers({
  config,
  database,
  clock,
  logger,
}: {
  config: WorkConfig<Config>;
  database: Pick<TenantDatabase, 'lookUp'>;
  clock: Clock;
  logger: Logger;
}): ReadonlyMap<CarrierName, CarrierAccount> {
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
  const { META_GRAPH_URL: graphUrl, TOKEN_KEYS: keys } = config;
  if (keys !== undefined) {
    const tokens = makeWhatsAppTokens({ database, keys, clock });
    const meta = metaTextGateway({ graphUrl, ...tokens, timeoutMs: config.SEND_TIMEOUT_MS });
    carriers.set('meta', account(meta, config.META_TEXTS_PER_SECOND));
  }
  return carriers;
}
