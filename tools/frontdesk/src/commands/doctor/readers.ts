import { configSchema as allInOne } from '@frontdesk/all-in-one/config';
import { configSchema as api } from '@frontdesk/api/config';
import { configSchema as conversation } from '@frontdesk/conversation-worker/config';
import { configSchema as messaging } from '@frontdesk/messaging-worker/config';
import { configSchema as payments } from '@frontdesk/payments-service/config';
import { commonConfig } from '@frontdesk/runtime';
import { configSchema as ingress } from '@frontdesk/webhook-ingress/config';
import type { z } from 'zod';

/** Everything that reads an environment, by the name that people know it by. */
export const readers: Readonly<Record<string, z.ZodObject>> = {
  'webhook-ingress': ingress,
  'conversation-worker': conversation,
  'messaging-worker': messaging,
  payments,
  api,
  'all-in-one': allInOne,
};

type Variables = Readonly<Record<string, string | undefined>>;

/** The services whose own settings (those that not every service has) are in the environment. One that has all of one process is that process. */
export function readersIn(variables: Variables): string[] {
  const isGiven = (name: string) => (variables[name] ?? '') !== '';
  const needs = (schema: z.ZodObject) =>
    Object.entries(schema.shape)
      .filter(([name, setting]) => !(name in commonConfig) && !acceptsNothing(setting))
      .map(([name]) => name);
  if (needs(allInOne).every(isGiven)) return ['all-in-one'];
  return Object.entries(readers)
    .filter(([name, schema]) => name !== 'all-in-one' && needs(schema).some(isGiven))
    .map(([name]) => name);
}

// Zod's shapes hold schemas, which their type says only of zod's core.
const acceptsNothing = (setting: unknown) => (setting as z.ZodType).safeParse(undefined).success;
