import type { Background } from './background.ts';
import { createPlanned } from './planned.ts';
import type { ReceiptPlan } from './texting.ts';
import type { WebhookDelivery } from './webhook-delivery.ts';

export interface Receipts<Message, Status> {
  plan: (plan: ReceiptPlan<Status>, times?: number) => void;
  reset: () => void;
  /** The plan for a text to this number, which uses one of its times up. */
  next: (to: string) => ReceiptPlan<Status>;
  /** Lets the text live, and sends its receipts as the plan says. */
  report: (message: Message, plan: ReceiptPlan<Status>) => Promise<void>;
  release: () => Promise<void>;
}

/** What the carrier does and tells at each step of a text. */
export interface ReceiptSteps<Message, Status, Event> {
  background: Background;
  usual: Status;
  /** Whether a text with this end never left the carrier, which is then its only receipt. */
  neverLeft: (status: Status) => boolean;
  /** Marks the text as sent and makes the receipt of it. */
  markSent: (message: Message) => Event;
  markFinal: (message: Message, outcome: { status: Status; errorCode: string | null }) => Event;
  /** Null when nobody is to be told. */
  post: (message: Message, event: Event) => WebhookDelivery | null;
}

export function createReceipts<Message, Status, Event>(
  steps: ReceiptSteps<Message, Status, Event>,
): Receipts<Message, Status> {
  const { background } = steps;
  const plans = createPlanned<ReceiptPlan<Status>>();
  let held: { message: Message; events: Event[]; copies: number }[] = [];

  async function live(message: Message, plan: ReceiptPlan<Status>): Promise<Event[]> {
    const events: Event[] = [];
    const status = plan.status ?? steps.usual;
    if (!steps.neverLeft(status)) {
      await background.wait(plan.delayMs ?? 0);
      events.push(steps.markSent(message));
      if (isImmediate(plan)) await post(message, events, plan.copies ?? 1);
    }
    await background.wait(plan.delayMs ?? 0);
    const last = steps.markFinal(message, { status, errorCode: plan.errorCode ?? null });
    if (isImmediate(plan)) await post(message, [last], plan.copies ?? 1);
    return [...events, last];
  }

  async function post(message: Message, events: readonly Event[], copies: number): Promise<void> {
    for (const event of events) {
      const deliveries = Array.from({ length: copies }, () => steps.post(message, event));
      await Promise.all(deliveries.filter((delivery) => delivery !== null).map((delivery) => delivery.first));
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
function isImmediate<Status>(plan: ReceiptPlan<Status>): boolean {
  return plan.never !== true && plan.hold !== true && plan.order !== 'reversed';
}
