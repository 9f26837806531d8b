import { z } from 'zod';

const textItem = z.object({
  kind: z.literal('text'),
  id: z.string(),
  personaId: z.string(),
  /** As the person sees it. */
  direction: z.enum(['out', 'in']),
  text: z.string(),
  at: z.number(),
  state: z.string(),
});
/** A text of somebody's thread. */
export type ThreadText = z.infer<typeof textItem>;

const callItem = z.object({ id: z.string(), state: z.string() });
const deskSchema = z.object({
  clinic: z.object({ name: z.string() }),
  personas: z.array(z.object({ id: z.string(), name: z.string(), readOnly: z.boolean() })),
  /** Links with this start lead to Square's checkout. */
  checkoutOrigin: z.string(),
});
export type PhoneDesk = z.infer<typeof deskSchema>;

const answerWithinMs = 10_000;

/** The phones of the stack that runs on this machine, over the routes of its page. */
export function createPhoneClient(phoneUrl: string) {
  const ask = async <Answer>(schema: z.ZodType<Answer>, path: string, body?: object): Promise<Answer> => {
    const response = await fetch(`${phoneUrl}/api${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const answer: unknown = await response.json();
    if (!response.ok)
      throw new Error(z.object({ error: z.string() }).safeParse(answer).data?.error ?? 'The desk refused.');
    return schema.parse(answer);
  };
  return {
    desk: () => ask(deskSchema, '/desk'),
    sendText: (personaId: string, text: string) => ask(textItem, `/personas/${personaId}/texts`, { text }),
    placeCall: (personaId: string) => ask(callItem, `/personas/${personaId}/calls`, {}),
    hangUp: (callId: string) => ask(callItem, `/calls/${callId}/hang-up`, {}),

    /** Taps a button of the payment page behind the link. */
    async tap(link: string, action: 'pay' | 'decline'): Promise<void> {
      const body = new URLSearchParams({ action });
      const signal = AbortSignal.timeout(answerWithinMs);
      const response = await fetch(link, { method: 'POST', body, redirect: 'manual', signal });
      if (response.status >= 400) throw new Error(`The payment page answered ${response.status}.`);
    },

    /** Every text of the desk's threads: those that are there, then each as it comes or changes, until the signal. */
    async *texts(signal: AbortSignal): AsyncGenerator<ThreadText[]> {
      const response = await fetch(`${phoneUrl}/api/live`, { signal });
      if (response.body === null) throw new Error('The page gives no live feed.');
      let rest = '';
      for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
        const messages = (rest + chunk).split('\n\n');
        rest = messages.pop() ?? '';
        for (const message of messages) yield textsOf(message);
      }
    },
  };
}

export type PhoneClient = ReturnType<typeof createPhoneClient>;

/** The texts of one server-sent event; a heartbeat has none. */
function textsOf(message: string): ThreadText[] {
  const data = /^data: (.*)$/m.exec(message)?.[1];
  if (data === undefined) return [];
  return z
    .array(z.unknown())
    .parse(JSON.parse(data))
    .flatMap((item) => textItem.safeParse(item).data ?? []);
}
