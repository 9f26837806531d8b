import {
  AccountFailure,
  assertMayLeave,
  Declined,
  maskPhoneNumber,
  PermanentFailure,
  TransientFailure,
} from '@frontdesk/kernel';
import type Telnyx from 'telnyx';
import { APIError } from 'telnyx';
import { z } from 'zod';
import { readFailure } from './api-failure.ts';
import { telnyxClient, type TelnyxSettings } from './sms-gateway.ts';

type Options = { signal: AbortSignal };

/** A request to Telnyx about numbers and registrations. */
export type AskTelnyx = {
  /**
   * The answer, read by its schema. `act` finishes the sentence "Telnyx could not be asked to …".
   * @throws TransientFailure when nobody knows what came of it or it is worth another try
   * @throws AccountFailure when Telnyx does not serve the desk's account
   * @throws PermanentFailure with Telnyx's words when it says no
   */
  <Schema extends z.ZodType>(
    act: string,
    schema: Schema,
    call: (client: Telnyx, options: Options) => PromiseLike<unknown>,
  ): Promise<z.infer<Schema>>;
  /** As above; null when Telnyx has no such thing. */
  orNull: <Schema extends z.ZodType>(
    act: string,
    schema: Schema,
    call: (client: Telnyx, options: Options) => PromiseLike<unknown>,
  ) => Promise<z.infer<Schema> | null>;
};

/** One request per question: the SDK's own repeats are off, since most of these cost money. */
export function askTelnyx(settings: TelnyxSettings): AskTelnyx {
  const client = telnyxClient(settings);

  async function ask<Schema extends z.ZodType>(
    act: string,
    schema: Schema,
    call: (client: Telnyx, options: Options) => PromiseLike<unknown>,
  ): Promise<z.infer<Schema>> {
    assertMayLeave(`ask Telnyx to ${act}`);
    const body = await answerOf(act, () => call(client, { signal: AbortSignal.timeout(settings.timeoutMs) }));
    const { success, data } = schema.safeParse(body);
    if (!success) throw new TransientFailure(`Telnyx was asked to ${act}, and its answer cannot be read`);
    return data;
  }

  return Object.assign(ask, {
    async orNull<Schema extends z.ZodType>(
      act: string,
      schema: Schema,
      call: (client: Telnyx, options: Options) => PromiseLike<unknown>,
    ): Promise<z.infer<Schema> | null> {
      try {
        return await ask(act, schema, call);
      } catch (error) {
        if (error instanceof PermanentFailure && isNotFound(error.cause)) return null;
        throw error;
      }
    },
  });
}

async function answerOf(act: string, call: () => PromiseLike<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    throw faultOf(act, error);
  }
}

/** Worth another try: time-outs and conflicts. */
const passing: readonly number[] = [408, 409];
/** Not done, and worth another try: a key that Telnyx does not know, which is ours to mend, and its limits. */
const declined: readonly number[] = [401, 429];

/**
 * What an operator does about an account that Telnyx does not serve, by the status of its answer.
 * UNVERIFIED: that neither status is ever about the number or the registration itself; it is what they mean in HTTP.
 */
const accountFaults: Readonly<Partial<Record<number, string>>> = {
  402: 'Its balance is used up: an operator adds money to it in Telnyx’s portal, under billing.',
  403: 'It has no right to this: an operator looks in Telnyx’s portal whether the account is verified and of the level that this needs, and whether the API key belongs to it, and asks Telnyx’s support else.',
};

function faultOf(act: string, error: unknown): TransientFailure | PermanentFailure {
  const failure = readFailure(error);
  if (failure.kind !== 'answered') {
    return new TransientFailure(`Telnyx could not be asked to ${act}: ${failure.code}`, { cause: error });
  }
  const { status, code } = failure;
  const mend = accountFaults[status];
  if (mend !== undefined) {
    // Telnyx's own words may quote what was submitted, and the account is all that they are about.
    const what = `The desk’s account at Telnyx is at fault: it was refused to ${act} (${code ?? `http-${status}`}).`;
    return new AccountFailure(`${what} ${mend}`, { cause: error });
  }
  const words = `Telnyx refused to ${act} (${code ?? `http-${status}`}): ${wordsOf(error)}`;
  if (declined.includes(status)) return new Declined(words, { cause: error });
  return status >= 500 || passing.includes(status)
    ? new TransientFailure(words, { cause: error })
    : new PermanentFailure(words, { cause: error });
}

const told = z.object({
  errors: z.array(z.object({ title: z.string().nullish(), detail: z.string().nullish() })).min(1),
});

/** What Telnyx says, for people; whole numbers do not belong there. */
function wordsOf(error: unknown): string {
  const first = error instanceof APIError ? told.safeParse(error.error).data?.errors[0] : undefined;
  const words = first?.detail ?? first?.title ?? 'it gave no reason';
  return words.replaceAll(/\+?\d{9,15}/g, maskPhoneNumber).slice(0, 300);
}

function isNotFound(cause: unknown): boolean {
  return cause instanceof APIError && cause.status === 404;
}
