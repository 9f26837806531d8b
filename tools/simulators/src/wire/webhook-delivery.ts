/** What the receiver of a webhook answered; `status` is null when no answer came. */
export interface WebhookAnswer {
  status: number | null;
  body: string;
  /** Why no answer came. */
  failure: 'timeout' | 'connection' | null;
  ms: number;
}

export interface WebhookTry {
  url: string;
  headers: Record<string, string>;
  body: string;
  at: Temporal.Instant;
  answer: WebhookAnswer;
}

/** One event on its way to the app, with every try so far. */
export interface WebhookDelivery {
  eventId: string;
  eventType: string;
  state: 'under-way' | 'delivered' | 'given-up';
  tries: readonly WebhookTry[];
  /** The answer to the first try. */
  first: Promise<WebhookAnswer>;
  /** Resolves when the event was delivered or given up. */
  settled: Promise<void>;
}
