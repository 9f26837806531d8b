import { createServer } from 'node:http';
import { createPool } from '@frontdesk/db';
import { nullLogger } from '@frontdesk/kernel';
import { createIngress } from '@frontdesk/webhook-ingress/ingress';

/** The service's own way of a webhook, without the relay: what is measured ends with the row in the outbox. */
const { DATABASE_URL = '', TELNYX_PUBLIC_KEY = '', PORT } = process.env;

const ingress = createIngress({
  pool: createPool({ url: DATABASE_URL, role: 'frontdesk_webhook_ingress', max: 6 }),
  telnyxPublicKey: TELNYX_PUBLIC_KEY,
  squareSignatureKey: 'not used',
  publicWebhookUrl: 'https://hooks.example.test',
  logger: nullLogger,
  onCommit: () => {},
});
createServer(ingress.handle).listen(Number(PORT), '127.0.0.1');
