export type { CallControl, OutgoingText, SendOutcome, SmsGateway } from './ports.ts';
