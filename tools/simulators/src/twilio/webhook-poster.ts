import { newId } from '@frontdesk/kernel';
import type { WebhookDelivery } from '../wire/webhook-delivery.ts';
import type { WebhookCourier } from '../wire/webhook-courier.ts';
import { signForm, type WebhookForm } from './signature.ts';

export interface TwilioEvent {
  id: string;
  type: string;
  form: WebhookForm;
}

export interface TwilioPoster {
  post: (event: TwilioEvent, url: string) => WebhookDelivery;
  headers: (url: string, form: WebhookForm) => Record<string, string>;
}

interface PosterDependencies {
  courier: WebhookCourier;
  authToken: () => string;
  /** The waits before further tries after no answer or a 5xx. */
  retryGapsMs: readonly number[];
  /** Where an address leads; a proxy may stand before the app. */
  route: (url: string) => string;
}

export function createTwilioPoster({ courier, authToken, retryGapsMs, route }: PosterDependencies): TwilioPoster {
  const headers = (url: string, form: WebhookForm) => ({
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'user-agent': 'TwilioProxy/1.1',
    'x-twilio-signature': signForm(authToken(), url, form),
  });

  return {
    headers,
    post(event, whole) {
      // What stands behind # is how the connection is to be made, and no part of what is called.
      const url = whole.replace(/#.*$/, '');
      const token = newId();
      return courier.deliver({
        eventId: event.id,
        eventType: event.type,
        tries: [0, ...retryGapsMs].map((waitMs) => ({ url: route(url), waitMs })),
        compose: () => ({
          body: new URLSearchParams(event.form).toString(),
          headers: { ...headers(url, event.form), 'i-twilio-idempotency-token': token },
        }),
        retryAfter: ({ status }) => status === null || status >= 500,
      });
    },
  };
}
