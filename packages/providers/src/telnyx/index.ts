export { readTelnyxCode } from './error-classes.ts';
export { telnyxCallControl } from './call-control.ts';
export { telnyxHostedNumbers } from './hosted/hosted-numbers.ts';
export { telnyxNumbers, type TelnyxNumberSettings } from './numbers/numbers.ts';
export { telnyxOptOuts } from './opt-outs.ts';
export { telnyxOwnerCodes, telnyxTenDlc, type TelnyxTenDlcSettings } from './tendlc/tendlc.ts';
export { telnyxWebhookDeliveries, type UndeliveredWebhook } from './webhook-deliveries.ts';
export { telnyxSmsGateway, type TelnyxSettings, type TelnyxSmsSettings } from './sms-gateway.ts';
