import { systemClock } from '@frontdesk/kernel';
import { createBackground } from '../wire/background.ts';
import { createMisbehaviours } from '../wire/misbehaviour.ts';
import { simulatedProvider } from '../wire/simulated-provider.ts';
import { createWebhookCourier } from '../wire/webhook-courier.ts';
import { startWireServer } from '../wire/wire-server.ts';
import { createAccounts } from './accounts.ts';
import { apiRoutes } from './api-routes.ts';
import { createCashier, paymentMade } from './cashier.ts';
import { checkoutRoutes } from './checkout-routes.ts';
import { squareError, squareFault } from './errors.ts';
import { createLedger } from './ledger.ts';
import { createPaymentWebhooks } from './payment-webhooks.ts';
import type { SimulatedLink, SquareSimulator, SquareSimulatorOptions } from './types.ts';

/** Square's payment links, orders, payments and webhooks on a port of this machine. */
export async function startSquareSimulator(options: SquareSimulatorOptions): Promise<SquareSimulator> {
  const clock = options.clock ?? systemClock;
  const background = createBackground();
  const misbehaviours = createMisbehaviours();
  const accounts = createAccounts(options.accounts ?? []);
  const courier = createWebhookCourier({ background, clock, timeoutMs: options.webhookTimeoutMs ?? 10_000 });
  let notificationUrl = options.notificationUrl ?? null;
  let origin = '';

  const ledger = createLedger({ clock, origin: () => origin });
  const webhooks = createPaymentWebhooks({
    courier,
    background,
    clock,
    signatureKey: options.signatureKey,
    notificationUrl() {
      if (notificationUrl === null) throw new Error('the simulator was not told where to post its webhooks');
      return notificationUrl;
    },
    retryScale: options.retryScale ?? 1 / 60,
  });
  const cashier = createCashier({ ledger, webhooks });

  const routes = [...apiRoutes({ accounts, ledger }), ...checkoutRoutes({ ledger, cashier })];
  const server = await startWireServer({
    routes,
    port: options.port ?? 0,
    host: options.host,
    clock,
    strike: (request) => (request.path.startsWith('/v2/') ? misbehaviours.strike(request) : null),
    fault: squareFault,
    notFound: () => squareError('NOT_FOUND', 'The resource was not found.'),
  });
  origin = server.origin;

  function linkOf(reference: string): SimulatedLink {
    const link = ledger.findLink(reference);
    if (link === null) throw new Error(`there is no payment link ${reference}`);
    return link;
  }

  return {
    ...simulatedProvider({ background, courier, misbehaviours }, { server, routes, behave: () => cashier.plan({}) }),
    apiUrl: server.origin,
    links: ledger.links,
    orders: ledger.orders,
    payments: ledger.payments,
    addAccount: accounts.add,
    refuseToken: accounts.refuse,
    setNotificationUrl(url) {
      notificationUrl = url;
    },
    pay: async (link, payOptions) => await paymentMade(cashier.pay(linkOf(link), payOptions)),
    fail: async (link, plan) => await paymentMade(cashier.decline(linkOf(link), plan)),
    planWebhooks: cashier.plan,
    releaseWebhooks: webhooks.release,
    sign: webhooks.sign,
  };
}
