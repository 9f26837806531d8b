import { Telnyx } from 'telnyx';
import { startTelnyxSimulator, type TelnyxSimulator, type TelnyxSimulatorOptions } from '../src/index.ts';
import { startWebhookReceiver, type ReceivedWebhook, type WebhookReceiver } from './webhook-receiver.ts';

export const CLINIC = '+15125550199';
export const PATIENT = '+12125550100';
export const PROFILE = '40017f00-0000-4000-8000-000000000003';

/** The simulator, an app that it calls, and the real SDK. */
export interface TelnyxBench {
  telnyx: TelnyxSimulator;
  app: WebhookReceiver;
  client: Telnyx;
  send: (text: string, webhookUrl?: string) => Promise<string>;
  events: () => TelnyxEventSeen[];
  stop: () => Promise<void>;
}

interface TelnyxEventSeen {
  id: string;
  type: string;
  payload: Record<string, unknown>;
  attempt: number | null;
  webhook: ReceivedWebhook;
}

interface Envelope {
  data: { id: string; event_type: string; payload: Record<string, unknown> };
  meta?: { attempt: number };
}

export async function startTelnyxBench(options: TelnyxSimulatorOptions = {}): Promise<TelnyxBench> {
  const app = await startWebhookReceiver();
  const telnyx = await startTelnyxSimulator({
    webhookUrls: { messages: `${app.url}/messages`, voice: `${app.url}/voice` },
    numbers: { [CLINIC]: PROFILE },
    retryGapsMs: [10, 30],
    ...options,
  });
  const client = new Telnyx({ apiKey: 'KEY-test', publicKey: telnyx.publicKey, baseURL: telnyx.apiUrl, maxRetries: 0 });

  return {
    telnyx,
    app,
    client,
    async send(text, webhookUrl = `${app.url}/receipts?attempt=1`) {
      const answer = await client.messages.send({ from: CLINIC, to: PATIENT, text, webhook_url: webhookUrl });
      return answer.data?.id ?? '';
    },
    events: () => app.received.map(eventSeen),
    async stop() {
      await telnyx.stop();
      await app.stop();
    },
  };
}

function eventSeen(webhook: ReceivedWebhook): TelnyxEventSeen {
  // The simulator's own envelope, which the tests of its shape hold against the reference.
  const { data, meta } = JSON.parse(webhook.body) as Envelope;
  return { id: data.id, type: data.event_type, payload: data.payload, attempt: meta?.attempt ?? null, webhook };
}
