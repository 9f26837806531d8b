import { afterEach, describe, expect, it } from '@jest/globals';
import { startMetaSimulator, startSquareSimulator, startTelnyxSimulator, startTwilioSimulator } from '../src/index.ts';

/** The endpoints that Telnyx is known to have, of those that the desk uses. */
const TELNYX = [
  'POST /v2/messages',
  'GET /v2/messages/:id',
  'POST /v2/calls/:id/actions/answer',
  'POST /v2/calls/:id/actions/hangup',
  'POST /v2/calls/:id/actions/reject',
  'GET /v2/messaging_optouts',
  'GET /v2/webhook_deliveries',
  'GET /media/:id',
  'GET /v2/messaging_profiles',
  'POST /v2/messaging_profiles',
  'GET /v2/messaging_profiles/:id',
  'PATCH /v2/messaging_profiles/:id',
  'GET /v2/available_phone_numbers',
  'GET /v2/phone_numbers',
  'GET /v2/phone_numbers/:id',
  'PATCH /v2/phone_numbers/:id',
  'DELETE /v2/phone_numbers/:id',
  'GET /v2/phone_numbers/:id/messaging',
  'PATCH /v2/phone_numbers/:id/messaging',
  'POST /v2/number_orders',
  'GET /v2/number_orders',
  'GET /v2/number_orders/:id',
  'POST /v2/messaging_hosted_number_orders/eligibility_numbers_check',
  'POST /v2/messaging_hosted_number_orders',
  'GET /v2/messaging_hosted_number_orders',
  'GET /v2/messaging_hosted_number_orders/:id',
  'DELETE /v2/messaging_hosted_number_orders/:id',
  'POST /v2/messaging_hosted_number_orders/:id/verification_codes',
  'POST /v2/messaging_hosted_number_orders/:id/validation_codes',
  'POST /v2/messaging_hosted_number_orders/:id/actions/file_upload',
  'POST /v2/10dlc/brand',
  'GET /v2/10dlc/brand',
  'GET /v2/10dlc/brand/:id',
  'PUT /v2/10dlc/brand/:id',
  'PUT /v2/10dlc/brand/:id/revet',
  'GET /v2/10dlc/brand/feedback/:id',
  'GET /v2/10dlc/brand/:id/externalVetting',
  'POST /v2/10dlc/brand/:id/smsOtp',
  'PUT /v2/10dlc/brand/:id/smsOtp',
  'GET /v2/10dlc/brand/:id/smsOtp',
  'POST /v2/10dlc/campaignBuilder',
  'GET /v2/10dlc/campaign',
  'GET /v2/10dlc/campaign/:id',
  'PUT /v2/10dlc/campaign/:id',
  'DELETE /v2/10dlc/campaign/:id',
  'POST /v2/10dlc/campaign/:id/appeal',
  'GET /v2/10dlc/campaign/:id/mnoMetadata',
  'POST /v2/10dlc/phone_number_campaigns',
  'GET /v2/10dlc/phone_number_campaigns',
  'GET /v2/10dlc/phone_number_campaigns/:number',
  'PUT /v2/10dlc/phone_number_campaigns/:number',
  'DELETE /v2/10dlc/phone_number_campaigns/:number',
];

/** The endpoints that Twilio is known to have, of those that the desk uses, and where its media URLs lead. */
const TWILIO = [
  'POST /2010-04-01/Accounts/:account/Messages.json',
  'GET /2010-04-01/Accounts/:account/Messages.json',
  'GET /2010-04-01/Accounts/:account/Messages/:sid',
  'GET /2010-04-01/Accounts/:account/Messages/:message/Media/:media',
  'GET /media/:id',
  'GET /2010-04-01/Accounts/:account/AvailablePhoneNumbers/:country/Local.json',
  'GET /2010-04-01/Accounts/:account/AvailablePhoneNumbers/:country/TollFree.json',
  'POST /2010-04-01/Accounts/:account/IncomingPhoneNumbers.json',
  'GET /2010-04-01/Accounts/:account/IncomingPhoneNumbers.json',
  'GET /2010-04-01/Accounts/:account/IncomingPhoneNumbers/:sid',
  'POST /2010-04-01/Accounts/:account/IncomingPhoneNumbers/:sid',
  'DELETE /2010-04-01/Accounts/:account/IncomingPhoneNumbers/:sid',
  'POST /v1/Services',
  'GET /v1/Services',
  'POST /v1/Services/:service',
  'POST /v1/Services/:service/PhoneNumbers',
  'DELETE /v1/Services/:service/PhoneNumbers/:number',
  'GET /v1/Services/:service/Compliance/Usa2p',
  'DELETE /v1/Services/:service/Compliance/Usa2p/:campaign',
  'POST /v1/Content',
  'GET /v2/Content',
  'GET /v1/Content/:sid',
  'DELETE /v1/Content/:sid',
  'POST /v1/Content/:sid/ApprovalRequests/whatsapp',
  'GET /v1/Content/:sid/ApprovalRequests',
  'POST /v2/Channels/Senders',
  'GET /v2/Channels/Senders',
  'GET /v2/Channels/Senders/:sid',
  'DELETE /v2/Channels/Senders/:sid',
];

/** The endpoints that Meta is known to have, of those that the desk uses, and where the addresses of files lead. */
const META = [
  'GET /:version/oauth/access_token',
  'GET /:version/debug_token',
  'POST /:version/:id/subscribed_apps',
  'DELETE /:version/:id/subscribed_apps',
  'POST /:version/:id/register',
  'GET /:version/:id',
  'POST /:version/:id/messages',
  'POST /:version/:id/message_templates',
  'GET /:version/:id/message_templates',
  'DELETE /:version/:id/message_templates',
  'GET /whatsapp_business/attachments/:id',
];

/** The endpoints that Square is known to have, of those that the desk uses, and the sandbox's page behind a link. */
const SQUARE = [
  'POST /v2/online-checkout/payment-links',
  'GET /v2/online-checkout/payment-links/:id',
  'DELETE /v2/online-checkout/payment-links/:id',
  'GET /v2/orders/:id',
  'GET /v2/payments/:id',
  'GET /u/:code',
  'POST /u/:code',
];

let running: { stop: () => Promise<void> } | null = null;
afterEach(() => running?.stop());

describe('a simulator has no endpoint that the provider lacks', () => {
  it('Telnyx', async () => {
    const telnyx = await startTelnyxSimulator();
    running = telnyx;
    expect(telnyx.routes).toEqual(TELNYX);
    const answer = await fetch(`${telnyx.apiUrl}/control/reset`, { method: 'POST' });
    expect(answer.status).toBe(404);
  });

  it('Twilio', async () => {
    const twilio = await startTwilioSimulator();
    running = twilio;
    expect(twilio.routes).toEqual(TWILIO);
    const answer = await fetch(`${twilio.apiUrl}/control/reset`, { method: 'POST' });
    expect(answer.status).toBe(404);
  });

  it('Meta', async () => {
    const meta = await startMetaSimulator();
    running = meta;
    expect(meta.routes).toEqual(META);
    const answer = await fetch(`${meta.graphUrl}/control/reset`, { method: 'POST' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 100, error_subcode: 33 } });
  });

  it('Square', async () => {
    const square = await startSquareSimulator({ signatureKey: 'key' });
    running = square;
    expect(square.routes).toEqual(SQUARE);
    const answer = await fetch(`${square.apiUrl}/v2/control/reset`, { method: 'POST' });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ errors: [{ category: 'INVALID_REQUEST_ERROR', code: 'NOT_FOUND' }] });
  });
});
