export { telnyxCallControl } from './call-control.ts';
export { telnyxSmsGateway, type TelnyxSettings, type TelnyxSmsSettings } from './sms-gateway.ts';
