/** Megabytes (10^6 bytes) that an image may add to its base image. Raise one only for something that runs there. */
export const sizeLimits: Readonly<Record<string, number>> = {
  'all-in-one': 62,
  'conversation-worker': 55,
  'messaging-worker': 55,
  payments: 55,
  api: 62,
  'webhook-ingress': 55,
  frontdesk: 70,
  migrate: 42,
  laptop: 50,
};
