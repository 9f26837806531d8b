export { telnyxBlocks } from './error-classes.ts';
export { telnyxCallControl } from './call-control.ts';
export { telnyxOptOuts } from './opt-outs.ts';
export { telnyxWebhookDeliveries, type UndeliveredWebhook } from './webhook-deliveries.ts';
export { telnyxSmsGateway, type TelnyxSettings, type TelnyxSmsSettings } from './sms-gateway.ts';
