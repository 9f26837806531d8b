import { afterAll } from '@jest/globals';
import type { MetaSimulator } from '@frontdesk/simulators';
import { createTestDatabase, testTokenKeys, type TestDatabase } from '@frontdesk/testkit';
import { startDesk, type Desk } from './desk.ts';

/** A desk on a database of its own for all tests of a file, which are closed behind the last of them. */
export async function openDesk(settings: Record<string, string> = {}): Promise<{ database: TestDatabase; desk: Desk }> {
  const opened = new AsyncDisposableStack(); // closes what was opened last first
  afterAll(() => opened.disposeAsync());
  const database = opened.adopt(await createTestDatabase(), (each) => each.close());
  return { database, desk: opened.use(await startDesk(database, settings)) };
}

/** The settings of a desk whose app at Meta is the simulator's. */
export const atMeta = ({ graphUrl, appId, appSecret }: MetaSimulator): Record<string, string> => ({
  META_GRAPH_URL: graphUrl,
  META_APP_ID: appId,
  META_APP_SECRET: appSecret,
  TOKEN_KEYS: [...testTokenKeys].map(([id, key]) => `${id}:${key.toString('base64')}`).join(','),
});
