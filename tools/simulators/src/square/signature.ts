import { createHmac } from 'node:crypto';

/** The value of `x-square-hmacsha256-signature`: over the registered URL and the raw body. */
export function squareSignature(signatureKey: string, notificationUrl: string, body: string): string {
  return createHmac('sha256', signatureKey).update(notificationUrl).update(body).digest('base64');
}
