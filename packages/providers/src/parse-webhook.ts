import { InvalidMessage } from '@frontdesk/kernel';
import type { z } from 'zod';

/**
 * Reads what a provider sent by its schema.
 * @throws InvalidMessage naming the first place that is missing or wrong, never what stands there
 */
export function parseWebhook<Schema extends z.ZodType>(
  provider: string,
  schema: Schema,
  value: unknown,
): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const where = error.issues[0]?.path.join('.') ?? '';
  throw new InvalidMessage(`not a ${provider} webhook: ${where === '' ? 'the body' : where} is missing or wrong`);
}
