import { demoClinic } from '@frontdesk/local-stack';
import { services } from '@frontdesk/contracts';
import { startStack, type Stack, type StackOptions } from '@frontdesk/local-stack/stack';
import type { BuiltWeb } from './build-web.ts';
import { createFeed } from './feed.ts';
import { followEventLog } from './follow-event-log.ts';
import { startPageServer } from './page-server.ts';
import { personas } from './personas.ts';
import { createPhoneLine } from './phone-line.ts';
import { createWhatsAppLine } from './whatsapp-line.ts';

export type PhoneOptions = Omit<StackOptions, 'clinics' | 'telemetryUrl' | 'paymentReturnUrl'> & {
  /** The page, which may still be in the making. */
  web: Promise<BuiltWeb>;
  port?: number;
};

export type Phone = { url: string; stack: Stack; stop(): Promise<void> };

/** Brands, campaigns and hosted lines wait for nobody here: the registry and the carriers say yes. */
const approvalsTakeMs = 1_000;

/** The whole system with its page: the page listens first, so that it hears the services from their first span on. */
export async function startPhone({ web, port, ...stackOptions }: PhoneOptions): Promise<Phone> {
  web.catch(() => {}); // it is awaited below, when the stack runs
  const feed = createFeed();
  const page = await startPageServer({ feed, ...(port !== undefined && { port }) });
  let stack: Stack | undefined;
  let webFolder: string;
  try {
    stack = await startStack({
      ...stackOptions,
      clinics: [demoClinic],
      telemetryUrl: page.telemetryUrl,
      paymentReturnUrl: `${page.url}/paid`,
    });
    webFolder = (await web).folder;
  } catch (error) {
    await stack?.stop();
    await page.stop();
    throw error;
  }
  const { telnyx, meta, square } = stack.simulators;
  telnyx.approveAfter(approvalsTakeMs);
  const clinicNumber = demoClinic.location.number;
  const line = createPhoneLine({ telnyx, feed, personas, clinicNumber });
  const whatsApp = createWhatsAppLine({ meta, feed, personas, clinicNumber });
  const eventLog = followEventLog({
    adminUrl: stack.database.adminUrl,
    orgIds: [demoClinic.id],
    onEvents: (events) => feed.publish(events),
    onDelivered: (carrierId) => line.markDelivered(carrierId),
  });
  page.open({
    webFolder,
    line,
    whatsApp,
    desk: {
      clinic: {
        name: demoClinic.name,
        number: demoClinic.location.number,
        location: demoClinic.location.name,
        timeZone: demoClinic.timeZone,
      },
      personas: [...personas],
      services: [...services],
      checkoutOrigin: new URL(square.apiUrl).origin,
    },
  });
  return {
    url: page.url,
    stack,
    async stop() {
      line.close();
      whatsApp.close();
      await eventLog.stop();
      await page.stop();
      await stack.stop();
    },
  };
}
