import { present, type Clock } from '@frontdesk/kernel';
import type { WebhookAnswer, WebhookDelivery } from '../wire/webhook-delivery.ts';
import { rfc2822 } from './message.ts';
import { newSid } from './sid.ts';
import type { WebhookForm } from './signature.ts';
import { API_VERSION, type TwilioCallEnd, type TwilioCallPlaced, type TwilioSimulatedCall } from './types.ts';
import type { TwilioEvent, TwilioPoster } from './webhook-poster.ts';

interface CallDependencies {
  accountSid: string;
  poster: TwilioPoster;
  clock: Clock;
  urls: () => { voice: string; voiceStatus: string };
}

export interface TwilioRunningCall extends TwilioSimulatedCall {
  /** Asks the app what to do, and does it. */
  ring: () => Promise<WebhookAnswer | null>;
}

/** An incoming call. The app's TwiML decides: `<Reject>` ends it, `<Dial>` rings elsewhere, anything else answers it. */
export function createCall(placed: TwilioCallPlaced, dependencies: CallDependencies): TwilioRunningCall {
  const { accountSid, poster, clock, urls } = dependencies;
  const sid = newSid('CA');
  const deliveries: WebhookDelivery[] = [];
  const events: { event: TwilioEvent; url: string }[] = [];
  let held: { event: TwilioEvent; url: string }[] = [];
  let state: 'ringing' | 'in-progress' | 'over' = 'ringing';

  function form(status: string, details: WebhookForm): WebhookForm {
    return {
      CallSid: sid,
      AccountSid: accountSid,
      From: placed.from,
      To: placed.to,
      CallStatus: status,
      Direction: 'inbound',
      ApiVersion: API_VERSION,
      Caller: placed.from,
      Called: placed.to,
      ...(placed.callerName !== undefined && { CallerName: placed.callerName }),
      ...(placed.forwardedFrom !== undefined && { ForwardedFrom: placed.forwardedFrom }),
      ...details,
    };
  }

  function post(told: { event: TwilioEvent; url: string }): Promise<WebhookAnswer> {
    const delivery = poster.post(told.event, told.url);
    deliveries.push(delivery);
    return delivery.first;
  }

  async function tell(status: string, url: string, details: WebhookForm = {}): Promise<WebhookAnswer | null> {
    const type = details['DialCallStatus'] === undefined ? `call.${status}` : `call.dial-${details['DialCallStatus']}`;
    const told = { event: { id: `${sid}:${type}`, type, form: form(status, details) }, url };
    events.push(told);
    if (placed.hold !== true) return await post(told);
    held.push(told);
    return null;
  }

  async function end(status: TwilioCallEnd): Promise<WebhookAnswer | null> {
    if (state === 'over') return null;
    state = 'over';
    return await tell(status, urls().voiceStatus, {
      CallbackSource: 'call-progress-events',
      CallDuration: status === 'completed' ? '12' : '0',
      SequenceNumber: '0',
      Timestamp: rfc2822(clock()),
    });
  }

  async function follow(twiml: string): Promise<void> {
    const [, verb, attributes = ''] = /<Response>\s*<(\w+)([^>]*)>/.exec(twiml) ?? [];
    if (verb === 'Reject') await end(/reason\s*=\s*["']busy["']/.test(attributes) ? 'busy' : 'no-answer');
    else if (verb !== undefined && verb !== 'Dial') state = 'in-progress';
  }

  return {
    sid,
    deliveries,
    state: () => state,

    async ring() {
      const answer = await tell('ringing', urls().voice);
      if (answer !== null && answer.status === 200) await follow(answer.body);
      return answer;
    },

    async answer() {
      if (state !== 'ringing') return null;
      state = 'in-progress';
      return await tell('in-progress', urls().voiceStatus, { Timestamp: rfc2822(clock()) });
    },

    endDial: (status) => tell('in-progress', urls().voice, { DialCallStatus: status, DialCallSid: newSid('CA') }),

    hangUp: (status = state === 'in-progress' ? 'completed' : 'no-answer') => end(status),

    async deliverEvents(order = 'usual') {
      const ready = order === 'reversed' ? held.toReversed() : held;
      held = [];
      const answers: WebhookAnswer[] = [];
      for (const told of ready) answers.push(await post(told));
      return answers;
    },

    repeat: (type) =>
      post(
        present(
          events.find(({ event }) => event.type === type),
          type,
        ),
      ),
  };
}
