import { createServer } from 'node:http';
import { nullLogger } from '@frontdesk/kernel';
import { createIngress } from '@frontdesk/webhook-ingress/ingress';
import { createIngressPool } from '@frontdesk/webhook-ingress/ingress-pool';

/** The service's own way of a webhook, without the relay: what is measured ends with the row in the outbox. */
const { DATABASE_URL = '', TELNYX_PUBLIC_KEY = '', PORT } = process.env;

const ingress = createIngress({
  pool: createIngressPool({ url: DATABASE_URL, statementTimeoutMs: 1_500 }),
  telnyxPublicKey: TELNYX_PUBLIC_KEY,
  squareSignatureKey: 'not used',
  publicWebhookUrl: 'https://hooks.example.test',
  logger: nullLogger,
  onCommit: () => {},
});
createServer(ingress.handle).listen(Number(PORT), '127.0.0.1');
