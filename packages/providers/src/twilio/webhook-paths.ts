/** Where Twilio reaches webhook ingress, below its public address. */
export const webhookPaths = {
  messages: '/webhooks/twilio/messages',
  statuses: '/webhooks/twilio/messages/status',
  voice: '/webhooks/twilio/voice',
  voiceStatus: '/webhooks/twilio/voice/status',
  senders: '/webhooks/twilio/senders',
} as const;

/**
 * Makes Twilio try again what was answered 5xx, or not at all, five times; it is no part of the address that is called and signed
 * (twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
 */
export const tryAgain = '#rc=5&rp=5xx,ct,rt';
