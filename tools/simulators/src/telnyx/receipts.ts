import type { Clock } from '@frontdesk/kernel';
import type { Background } from '../wire/background.ts';
import { createPlanned } from '../wire/planned.ts';
import { telnyxEvent, type EventPoster, type TelnyxEvent } from './event-poster.ts';
import { markFinal, markSent, outboundPayload, type OutboundMessage } from './outbound-message.ts';
import type { ReceiptPlan } from './types.ts';

export interface Receipts {
  plan: (plan: ReceiptPlan, times?: number) => void;
  reset: () => void;
  /** The plan for this text, which uses one of its times up. */
  next: (to: string) => ReceiptPlan;
  /** Sends message.sent and message.finalized as the plan says. */
  report: (message: OutboundMessage, plan: ReceiptPlan) => Promise<void>;
  release: () => Promise<void>;
}

interface ReceiptDependencies {
  background: Background;
  poster: EventPoster;
  clock: Clock;
}

export function createReceipts({ background, poster, clock }: ReceiptDependencies): Receipts {
  const plans = createPlanned<ReceiptPlan>();
  let held: { message: OutboundMessage; events: TelnyxEvent[]; copies: number }[] = [];

  async function live(message: OutboundMessage, plan: ReceiptPlan): Promise<TelnyxEvent[]> {
    const events: TelnyxEvent[] = [];
    const status = plan.status ?? 'delivered';
    if (status !== 'sending_failed') {
      await background.wait(plan.delayMs ?? 0);
      markSent(message, clock);
      events.push(telnyxEvent('message.sent', outboundPayload(message), { clock }));
      if (isImmediate(plan)) await post(message, events, plan.copies ?? 1);
    }
    await background.wait(plan.delayMs ?? 0);
    markFinal(message, { status, errorCode: plan.errorCode ?? null }, clock);
    const finalized = telnyxEvent('message.finalized', outboundPayload(message), { clock });
    if (isImmediate(plan)) await post(message, [finalized], plan.copies ?? 1);
    return [...events, finalized];
  }

  async function post(message: OutboundMessage, events: readonly TelnyxEvent[], copies: number): Promise<void> {
    const { webhookUrl, failoverUrl } = message;
    if (webhookUrl === null) return;
    for (const event of events) {
      const deliveries = Array.from({ length: copies }, () => poster.postMessageEvent(event, webhookUrl, failoverUrl));
      await Promise.all(deliveries.map((delivery) => delivery.first));
    }
  }

  return {
    plan: plans.add,
    reset: plans.clear,
    next: (to) => plans.next((plan) => (plan.to ?? to) === to) ?? {},

    report: (message, plan) =>
      background.run(async () => {
        const events = await live(message, plan);
        if (plan.never === true || isImmediate(plan)) return;
        if (plan.order === 'reversed') events.reverse();
        if (plan.hold === true) held.push({ message, events, copies: plan.copies ?? 1 });
        else await post(message, events, plan.copies ?? 1);
      }),

    async release() {
      const ready = held;
      held = [];
      for (const { message, events, copies } of ready) await post(message, events, copies);
    },
  };
}

/** Each receipt leaves when what it tells has happened. */
function isImmediate(plan: ReceiptPlan): boolean {
  return plan.never !== true && plan.hold !== true && plan.order !== 'reversed';
}
