import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@frontdesk/kernel';
import type { z } from 'zod';
import { CommandFailure, exitCodes } from '../exit-codes.ts';
import { explainProblem } from './explain-problem.ts';
import { operations, type Operation } from './operations.ts';

type Fields = Readonly<Record<string, unknown>>;

export type AdminClient = {
  readonly clinic: string;
  /**
   * Asks for one operation in the clinic; `fields` are its query or its body.
   * @throws CommandFailure with the words of a refusal
   */
  ask<Schema extends z.ZodType>(
    operation: Operation,
    schema: Schema,
    asked?: { id?: string; fields?: Fields },
  ): Promise<z.infer<Schema>>;
};

const withinMs = 30_000;
const tries = 3;
const longestWaitSeconds = 30;

/** The administration over HTTP. A change is sent again under one key, so that it is done once whatever is lost. */
export function createAdminClient({
  url,
  token,
  clinic,
}: {
  url: string;
  token: () => Promise<string>;
  clinic: string;
}): AdminClient {
  async function send(operation: Operation, id: string | undefined, fields: Fields, key: string): Promise<Response> {
    const [method, path] = operations[operation];
    const target = new URL(`${url}${path.replace('{id}', id ?? '')}`);
    const given = { orgId: clinic, ...fields };
    if (method === 'get') {
      for (const [name, value] of Object.entries(given)) {
        if (value !== undefined) target.searchParams.set(name, String(value));
      }
    }
    return fetch(target, {
      method,
      headers: {
        authorization: `Bearer ${await token()}`,
        ...(method === 'post' && { 'content-type': 'application/json', 'idempotency-key': key }),
      },
      ...(method === 'post' && { body: JSON.stringify(given) }),
      signal: AbortSignal.timeout(withinMs),
    });
  }

  async function attempt(...asked: Parameters<typeof send>): Promise<Response | null> {
    try {
      return await send(...asked);
    } catch (error) {
      if (error instanceof CommandFailure) throw error;
      return null;
    }
  }

  return {
    clinic,
    async ask(operation, schema, { id, fields = {} } = {}) {
      const key = newId();
      for (let n = 1; ; n++) {
        const response = await attempt(operation, id, fields, key);
        const wait = waitBefore(response);
        if (wait !== null && wait <= longestWaitSeconds && n < tries) {
          await sleep(wait * 1_000);
          continue;
        }
        if (response === null) {
          const words = `The administration at ${url} does not answer: see that it runs and that FRONTDESK_API_URL is its address.`;
          throw new CommandFailure(words, exitCodes.failed);
        }
        const body: unknown = await response.json().catch(() => null);
        if (!response.ok) throw explainProblem(response.status, body);
        const { success, data } = schema.safeParse(body);
        if (success) return data;
        throw new CommandFailure(
          `The administration answers in another way than this command line knows: use the one of its version.`,
          exitCodes.failed,
        );
      }
    },
  };
}

/** Seconds before it is asked once more; null when the answer stands. */
function waitBefore(response: Response | null): number | null {
  if (response === null) return 0.25;
  if (![429, 503].includes(response.status)) return null;
  const seconds = Number(response.headers.get('retry-after') ?? 2);
  return Number.isFinite(seconds) ? seconds : 2;
}
