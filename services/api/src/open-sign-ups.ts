import { randomInt } from 'node:crypto';
import { metaAccounts } from '@frontdesk/providers/meta';
import type { WorkConfig } from '@frontdesk/runtime';
import type { Config } from './config.ts';
import type { SignUpPorts } from './routes/whatsapp/connect-sender.ts';

/** What takes in sign-ups at Meta, when its settings are there. */
export function openSignUps(config: WorkConfig<Config>): SignUpPorts | null {
  const { META_APP_ID: appId, META_APP_SECRET: appSecret, META_GRAPH_URL: graphUrl, TOKEN_KEYS: keys } = config;
  if (appId === undefined || appSecret === undefined || keys === undefined) return null;
  return {
    // Subscribing is the worker's, and so is the address that goes with it.
    accounts: metaAccounts({ graphUrl, appId, appSecret, webhook: null, timeoutMs: config.VENDOR_TIMEOUT_MS }),
    keys,
    newPin: () => String(randomInt(1_000_000)).padStart(6, '0'),
  };
}
