import type { Login } from '@frontdesk/db/migrate';
import type { Config } from './config.ts';

/** The address of the owner, whole or from its parts; with parts, the server has to prove who it is. */
export function ownerUrl(config: Config): string {
  if (config.DATABASE_ADMIN_URL !== undefined) return config.DATABASE_ADMIN_URL;
  const url = new URL(`postgresql://${config.DATABASE_HOST}:5432/${config.DATABASE_NAME}`);
  url.username = encodeURIComponent(config.DATABASE_OWNER ?? '');
  url.password = encodeURIComponent(config.DATABASE_OWNER_PASSWORD ?? '');
  url.searchParams.set('sslmode', 'verify-full');
  url.searchParams.set('sslrootcert', config.DATABASE_AUTHORITIES ?? '');
  return url.href;
}

/** Each service may act as itself and as the relay of its events, and as nobody else. */
export function loginsOf(config: Config): Login[] {
  const given: [url: string | undefined, ...roles: string[]][] = [
    // It is the one that forgets what is old.
    [config.LOGIN_WEBHOOK_INGRESS, 'frontdesk_webhook_ingress', 'frontdesk_relay', 'frontdesk_retention'],
    [config.LOGIN_CONVERSATION_WORKER, 'frontdesk_conversation_worker', 'frontdesk_relay'],
    [config.LOGIN_MESSAGING_WORKER, 'frontdesk_messaging_worker', 'frontdesk_relay'],
    [config.LOGIN_PAYMENTS, 'frontdesk_payments', 'frontdesk_relay'],
    [config.LOGIN_API, 'frontdesk_api', 'frontdesk_relay'],
    [config.LOGIN_OPERATOR, 'frontdesk_operator'],
  ];
  return given.flatMap(([url, ...roles]) => (url === undefined ? [] : [{ url, roles }]));
}
