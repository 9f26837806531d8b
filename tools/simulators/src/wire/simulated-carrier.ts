import type { Clock } from '@frontdesk/kernel';
import { createBackground } from './background.ts';
import { keep } from './keep.ts';
import { createListeners } from './listeners.ts';
import { createMisbehaviours } from './misbehaviour.ts';
import { createPlanned } from './planned.ts';
import type { Receipts } from './receipts.ts';
import { simulatedProvider, type ProviderParts, type SimulatedProvider } from './simulated-provider.ts';
import type { ReceiptPlan, TextAccepted, WaitForText } from './texting.ts';
import { createThroughput, type Throughput, type ThroughputLimit } from './throughput.ts';
import { waitForText } from './wait-for-text.ts';
import { createWebhookCourier } from './webhook-courier.ts';

/** What tests see of any carrier, and do to it. */
export interface SimulatedCarrier<Accepted, FinalStatus, RefusalCode> extends SimulatedProvider {
  accepted: readonly Accepted[];
  onText: (listener: (text: Accepted) => void) => () => void;
  waitForText: (wanted?: WaitForText) => Promise<Accepted>;
  /** For the next `times` texts, or all until `behave()`. */
  planReceipts: (plan: ReceiptPlan<FinalStatus>, times?: number) => void;
  releaseReceipts: () => Promise<void>;
  /** Refuses the next texts with this error of the reference. */
  refuseTexts: (code: RefusalCode, times?: number) => void;
  /** From now on texts above the limit are refused; null lifts it. */
  limitThroughput: (limit: ThroughputLimit | null) => void;
}

interface CarrierParts<Accepted, RefusalCode> extends ProviderParts {
  throughput: Throughput;
  /** What the next text is refused with; null when it is taken. */
  plannedRefusal: () => RefusalCode | null;
  onAccepted: (text: Accepted) => void;
  /** The carrier with all of this, once it can be reached. */
  simulated: <Message, FinalStatus>(
    reached: Parameters<typeof simulatedProvider>[1] & { receipts: Receipts<Message, FinalStatus> },
  ) => SimulatedCarrier<Accepted, FinalStatus, RefusalCode>;
}

/** What every carrier is made of. */
export function createCarrierParts<Accepted extends TextAccepted, RefusalCode>({
  clock,
  webhookTimeoutMs,
}: {
  clock: Clock;
  webhookTimeoutMs: number;
}): CarrierParts<Accepted, RefusalCode> {
  const accepted: Accepted[] = [];
  const texts = createListeners<Accepted>();
  const refusals = createPlanned<RefusalCode>();
  const throughput = createThroughput(clock);
  const background = createBackground();
  const courier = createWebhookCourier({ background, clock, timeoutMs: webhookTimeoutMs });
  const parts = { background, courier, misbehaviours: createMisbehaviours() };
  return {
    ...parts,
    throughput,
    plannedRefusal: () => refusals.next(),
    onAccepted(text) {
      keep(accepted, text);
      texts.tell(text);
    },
    simulated({ receipts, behave, ...reached }) {
      const behaveAll = () => {
        receipts.reset();
        refusals.clear();
        throughput.limit(null);
        behave();
      };
      return {
        ...simulatedProvider(parts, { ...reached, behave: behaveAll }),
        accepted,
        onText: texts.add,
        waitForText: (wanted = {}) => waitForText(accepted, texts, wanted),
        planReceipts: receipts.plan,
        releaseReceipts: receipts.release,
        refuseTexts: refusals.add,
        limitThroughput: throughput.limit,
      };
    },
  };
}
