import { localSquareSignatureKey, localTelnyxApiKey, localTokenKeys, freePort } from '@frontdesk/local-stack';
import type { Image } from './build/image.ts';
import { startPostgres } from './compose/stand-ins.ts';
import { startContainer } from './run/start-container.ts';

/**
 * Migrates an empty database with one image, starts the desk in one process from another, and stops it again.
 * @throws Error when one of them does not do its part
 */
export async function startAlone({ migrate, desk }: { migrate: Image; desk: Image }): Promise<void> {
  const postgres = await startPostgres('frontdesk');
  try {
    const address = (login: string) => `postgresql://${login}@127.0.0.1:${postgres.port}/frontdesk`;
    const settings = { FRONTDESK_ENV: 'local', DATABASE_URL: address('frontdesk_app:app') };
    const owner = { DATABASE_ADMIN_URL: address('frontdesk_owner:owner') };
    await startContainer({ name: 'migrate', image: migrate, environment: { ...settings, ...owner } }).untilExit();
    const port = await freePort();
    const container = startContainer({
      name: 'all-in-one',
      image: desk,
      environment: { ...settings, ...ofVendors, PORT: String(port) },
    });
    await container.untilHealthy();
    const { status } = await fetch(`http://127.0.0.1:${port}/ready`);
    const code = await container.stop();
    if (status !== 200 || code !== 0) throw new Error(`the desk in one process said ${status} and left with ${code}`);
  } finally {
    await postgres.stop();
  }
}

/** Nobody is asked in so short a time: the port is that of no vendor. */
const ofVendors = {
  TELNYX_API_KEY: localTelnyxApiKey,
  TELNYX_PUBLIC_KEY: Buffer.alloc(32, 1).toString('base64'),
  TELNYX_BASE_URL: 'http://127.0.0.1:9/v2',
  SQUARE_BASE_URL: 'http://127.0.0.1:9',
  SQUARE_WEBHOOK_SIGNATURE_KEY: localSquareSignatureKey,
  BEDROCK_ENDPOINT: 'http://127.0.0.1:9',
  BEDROCK_MODEL_ID: 'us.anthropic.claude-haiku-5-5',
  TOKEN_KEYS: [...localTokenKeys].map(([id, key]) => `${id}:${key.toString('base64')}`).join(','),
  PUBLIC_WEBHOOK_URL: 'http://127.0.0.1:9',
  MEDIA_FOLDER: '/tmp/media',
  PAYMENT_RETURN_URL: 'http://127.0.0.1:9/paid',
};
