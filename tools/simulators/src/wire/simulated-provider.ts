import type { Background } from './background.ts';
import type { Misbehaviour, Misbehaviours, MisbehaviourScope } from './misbehaviour.ts';
import type { ReceivedRequest } from './received-request.ts';
import { describeRoutes, type Route } from './route.ts';
import type { WebhookCourier } from './webhook-courier.ts';
import type { WebhookDelivery } from './webhook-delivery.ts';
import type { WireServer } from './wire-server.ts';

/** What tests see of any provider, and do to it. */
export interface SimulatedProvider {
  routes: readonly string[];
  requests: readonly ReceivedRequest[];
  /** Every webhook posted to the app. */
  deliveries: readonly WebhookDelivery[];
  misbehave: (how: Misbehaviour, scope?: MisbehaviourScope) => void;
  /** Ends every misbehaviour, plan and limit. */
  behave: () => void;
  /** Connections are refused until `goOnline()`. */
  goOffline: () => Promise<void>;
  goOnline: () => Promise<void>;
  /** Resolves when no webhook is under way. */
  settled: () => Promise<void>;
  stop: () => Promise<void>;
}

export interface ProviderParts {
  background: Background;
  courier: WebhookCourier;
  misbehaviours: Misbehaviours;
}

export function simulatedProvider(
  { background, courier, misbehaviours }: ProviderParts,
  { server, routes, behave }: { server: WireServer; routes: readonly Route[]; behave: () => void },
): SimulatedProvider {
  return {
    routes: describeRoutes(routes),
    requests: server.requests,
    deliveries: courier.deliveries,
    misbehave: misbehaviours.misbehave,
    behave() {
      misbehaviours.behave();
      behave();
    },
    goOffline: server.goOffline,
    goOnline: server.goOnline,
    settled: background.settled,
    async stop() {
      await background.stop();
      await server.goOffline();
    },
  };
}
