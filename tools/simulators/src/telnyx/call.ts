import { newId, present, type Clock } from '@frontdesk/kernel';
import type { WebhookAnswer, WebhookDelivery } from '../wire/webhook-delivery.ts';
import { telnyxEvent, type EventPoster, type TelnyxEvent } from './event-poster.ts';
import type { CallEventType, CallPlaced, HangupCause, SimulatedCall } from './types.ts';

const SIP_CAUSES: Record<HangupCause, string> = {
  call_rejected: '603',
  normal_clearing: '200',
  originator_cancel: '487',
  timeout: '408',
  time_limit: '200',
  user_busy: '486',
  not_found: '404',
  no_answer: '480',
  unspecified: '500',
};

type HangupSource = 'caller' | 'callee';

/** A call as the simulator runs it: the app's commands end it too. */
export interface RunningCall extends SimulatedCall {
  initiate: () => Promise<WebhookAnswer | null>;
  end: (cause: HangupCause, source: HangupSource) => Promise<WebhookAnswer | null>;
  setClientState: (state: string) => void;
  /** Whether the command is new: a repeat of its id within 60 s is ignored. */
  takesCommand: (commandId: string | undefined) => boolean;
}

interface CallDependencies {
  poster: EventPoster;
  clock: Clock;
  webhookUrl: () => string;
}

const COMMAND_MEMORY = Temporal.Duration.from({ seconds: 60 });

export function createCall(placed: CallPlaced, { poster, clock, webhookUrl }: CallDependencies): RunningCall {
  const ids = { sessionId: newId(), legId: newId(), controlId: `v3:${newId()}` };
  const startedAt = clock().toString({ fractionalSecondDigits: 3 });
  const deliveries: WebhookDelivery[] = [];
  const events: TelnyxEvent[] = [];
  const commands = new Map<string, Temporal.Instant>();
  let held: TelnyxEvent[] = [];
  let state: 'parked' | 'answered' | 'over' = 'parked';
  let clientState: string | null = null;

  function post(event: TelnyxEvent): Promise<WebhookAnswer> {
    const delivery = poster.postCallEvent(event, webhookUrl());
    deliveries.push(delivery);
    return delivery.first;
  }

  async function emit(type: CallEventType, details: Record<string, unknown>): Promise<WebhookAnswer | null> {
    const payload = {
      call_control_id: ids.controlId,
      call_leg_id: ids.legId,
      call_session_id: ids.sessionId,
      connection_id: '190000000000000001',
      client_state: clientState,
      from: placed.from,
      to: placed.to,
      start_time: startedAt,
      ...details,
    };
    const event = telnyxEvent(type, payload, { clock });
    events.push(event);
    if (placed.hold !== true) return await post(event);
    held.push(event);
    return null;
  }

  async function end(cause: HangupCause, source: HangupSource): Promise<WebhookAnswer | null> {
    if (state === 'over') return null;
    state = 'over';
    return await emit('call.hangup', {
      state: 'hangup',
      hangup_cause: cause,
      hangup_source: source,
      sip_hangup_cause: SIP_CAUSES[cause],
    });
  }

  return {
    ...ids,
    deliveries,
    end,
    state: () => state,

    initiate: () =>
      emit('call.initiated', {
        direction: 'incoming',
        state: 'parked',
        caller_id_name: placed.callerName ?? '',
        shaken_stir_attestation: 'A',
        shaken_stir_validated: true,
        sip_headers:
          placed.divertedFrom === undefined
            ? []
            : [{ name: 'Diversion', value: `<sip:${placed.divertedFrom}@example>` }],
      }),

    async answer() {
      if (state !== 'parked') return null;
      state = 'answered';
      return await emit('call.answered', { state: 'answered' });
    },

    hangUp: (cause = state === 'answered' ? 'normal_clearing' : 'originator_cancel') => end(cause, 'caller'),

    async deliverEvents(order = 'usual') {
      const ready = order === 'reversed' ? held.toReversed() : held;
      held = [];
      const answers: WebhookAnswer[] = [];
      for (const event of ready) answers.push(await post(event));
      return answers;
    },

    repeat: (eventType) =>
      post(
        present(
          events.find((event) => event.type === eventType),
          eventType,
        ),
      ),

    setClientState(given) {
      clientState = given;
    },

    takesCommand(commandId) {
      if (commandId === undefined) return true;
      const now = clock();
      const seenAt = commands.get(commandId);
      const isRepeat = seenAt !== undefined && Temporal.Instant.compare(now, seenAt.add(COMMAND_MEMORY)) < 0;
      if (!isRepeat) commands.set(commandId, now);
      return !isRepeat;
    },
  };
}
