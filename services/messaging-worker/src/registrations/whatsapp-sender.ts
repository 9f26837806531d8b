import {
  makeAdvanceSender,
  type CloseTasks,
  type InTenant,
  type LookAfterPorts,
  type OpenTask,
} from '@frontdesk/numbers';
import { findSender } from '@frontdesk/numbers/postgres';
import { resolveStaffTask } from '@frontdesk/clinics/postgres';
import type { TenantTransaction } from '@frontdesk/db';
import type { Clock, Id } from '@frontdesk/kernel';
import { senderIsBack } from '@frontdesk/messaging/postgres';
import { metaAccounts } from '@frontdesk/providers/meta';
import { twilioSenders, type TwilioSenderSettings } from '@frontdesk/providers/twilio';
import type { WorkConfig } from '@frontdesk/runtime';
import type { Config } from '../config.ts';

/** Meta takes no longer address. */
const longestOverride = 200;

/** Brings the clinics' numbers online on WhatsApp, and keeps an eye on them. */
export function whatsAppSenderAdvances({
  config,
  twilio,
  ...ports
}: {
  config: WorkConfig<Config>;
  /** Null: the settings of Twilio are not there. */
  twilio: TwilioSenderSettings | null;
  inTenant: InTenant;
  openTask: OpenTask;
  closeTasks: CloseTasks;
  clock: Clock;
}): LookAfterPorts['advances'] {
  const { META_APP_ID: appId, META_APP_SECRET: appSecret, META_GRAPH_URL: graphUrl, TOKEN_KEYS: keys } = config;
  const hasMeta = appId !== undefined && appSecret !== undefined && keys !== undefined;
  const timeoutMs = config.SEND_TIMEOUT_MS;
  const advance = makeAdvanceSender({
    ...ports,
    accounts: hasMeta ? metaAccounts({ graphUrl, appId, appSecret, webhook: webhookOf(config), timeoutMs }) : null,
    keys: keys ?? new Map(),
    senders: twilio === null ? null : twilioSenders(twilio),
  });
  return {
    async 'whatsapp-sender'(registration) {
      const next = await advance(registration);
      await ports.inTenant(registration.orgId, (tx) => letTextsLeave(tx, { ...registration, now: ports.clock() }));
      return next;
    },
  };
}

/** What waited for the sender leaves once it is online, and tasks about its texts close that leave nothing to do. */
export async function letTextsLeave(
  tx: TenantTransaction,
  { orgId, id, now }: { orgId: Id; id: Id; now: Temporal.Instant },
): Promise<void> {
  const sender = await findSender(tx, { orgId, id });
  if (sender?.state !== 'online') return;
  const { settled } = await senderIsBack(tx, { orgId, number: sender.number, now });
  for (const causeKey of settled) await resolveStaffTask(tx, { orgId, causeKey, now });
}

/** Our address for the events of each account. Without a token to show that it is ours they go to the app's own address. */
function webhookOf({ META_VERIFY_TOKEN: verifyToken, PUBLIC_WEBHOOK_URL: base }: WorkConfig<Config>) {
  const url = `${base}/webhooks/meta`;
  return verifyToken === undefined || url.length > longestOverride ? null : { url, verifyToken };
}
