import { createHmac } from 'node:crypto';

/** The parameters of a webhook. */
export type WebhookForm = Readonly<Record<string, string>>;

/** X-Twilio-Signature: the address that is called, then each parameter by the order of the names, under the auth token. */
export function signForm(authToken: string, url: string, form: WebhookForm): string {
  const parameters = Object.keys(form)
    .toSorted()
    .map((name) => `${name}${form[name] ?? ''}`);
  return createHmac('sha1', authToken)
    .update(`${url}${parameters.join('')}`)
    .digest('base64');
}
