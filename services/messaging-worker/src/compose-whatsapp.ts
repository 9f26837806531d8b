import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import type { MediaSource } from '@frontdesk/messaging';
import { metaMedia, metaReadReceipts } from '@frontdesk/providers/meta';
import type { Handler } from '@frontdesk/queue';
import type { WorkConfig } from '@frontdesk/runtime';
import type { Config } from './config.ts';
import { onWhatsAppTextReceived } from './handlers/whatsapp-text-received.ts';
import { createReadMarker } from './read-marker.ts';
import { makeWhatsAppTokens } from './whatsapp-tokens.ts';

/** Nobody waits longer for two blue ticks. */
const markWithinMs = 5_000;
const fetchWithinMs = 30_000;

/** What WhatsApp needs besides sending: files at Meta, and the sign that a text was read. */
export function composeWhatsApp({
  config,
  database,
  clock,
  logger,
}: {
  config: WorkConfig<Config>;
  database: TenantDatabase;
  clock: Clock;
  logger: Logger;
}): { handler: Handler; media: MediaSource | null; idle(): Promise<void> } {
  const { META_GRAPH_URL: graphUrl, TOKEN_KEYS: keys } = config;
  const meta = keys === undefined ? null : { graphUrl, ...makeWhatsAppTokens({ database, keys, clock }) };
  const marker = createReadMarker({
    receipts: meta === null ? {} : { meta: metaReadReceipts({ ...meta, timeoutMs: markWithinMs }) },
    logger,
  });
  // Meta's files come from other hosts than its API; those of a simulator from its own.
  const standIn = graphUrl.startsWith('http:') ? graphUrl : undefined;
  return {
    handler: onWhatsAppTextReceived({ marker, clock }),
    media: meta === null ? null : metaMedia({ ...meta, timeoutMs: fetchWithinMs, standIn }),
    idle: () => marker.idle(),
  };
}
