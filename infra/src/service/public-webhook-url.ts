import type { Environment } from '../environments.ts';

/** Exactly as it is registered with the providers: Square signs it. */
export const publicWebhookUrl = ({ domain }: Environment): string => `https://${domain}`;
