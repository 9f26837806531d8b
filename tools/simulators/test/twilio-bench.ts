import twilio from 'twilio';
import { startTwilioSimulator, type TwilioSimulator, type TwilioSimulatorOptions } from '../src/index.ts';
import { startWebhookReceiver, type ReceivedWebhook, type WebhookReceiver } from './webhook-receiver.ts';

export const CLINIC = '+15125550199';
export const PATIENT = '+12125550100';
export const SERVICE = 'MG00000000000000000000000000000001';

/** The simulator, an app that it calls, and the real SDK. */
export interface TwilioBench {
  twilio: TwilioSimulator;
  app: WebhookReceiver;
  client: twilio.Twilio;
  /** The SDK with another timeout, token or account. */
  clientOf: (given: { timeout?: number; authToken?: string; accountSid?: string }) => twilio.Twilio;
  send: (text: string) => Promise<string>;
  forms: () => { form: Record<string, string>; webhook: ReceivedWebhook }[];
  stop: () => Promise<void>;
}

export async function startTwilioBench(options: TwilioSimulatorOptions = {}): Promise<TwilioBench> {
  const app = await startWebhookReceiver();
  const simulator = await startTwilioSimulator({
    webhookUrls: { messages: `${app.url}/messages`, voice: `${app.url}/voice`, voiceStatus: `${app.url}/voice/status` },
    numbers: { [CLINIC]: null },
    ...options,
  });

  class ToSimulator extends twilio.RequestClient {
    override request: twilio.RequestClient['request'] = async (asked) => {
      const { pathname, search } = new URL(asked.uri);
      return await super.request({ ...asked, uri: `${simulator.apiUrl}${pathname}${search}` });
    };
  }

  const clientOf: TwilioBench['clientOf'] = ({ timeout = 5_000, authToken = simulator.authToken, accountSid }) =>
    twilio(accountSid ?? simulator.accountSid, authToken, { httpClient: new ToSimulator({ timeout }) });
  const client = clientOf({});

  return {
    twilio: simulator,
    app,
    client,
    clientOf,
    async send(text) {
      const statusCallback = `${app.url}/status?attempt=1`;
      return (await client.messages.create({ from: CLINIC, to: PATIENT, body: text, statusCallback })).sid;
    },
    forms: () =>
      app.received.map((webhook) => ({ form: Object.fromEntries(new URLSearchParams(webhook.body)), webhook })),
    async stop() {
      await simulator.stop();
      await app.stop();
    },
  };
}
