import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId, type Random } from '@frontdesk/kernel';

/** How SQS treats some of the calls to it. */
export type SqsMisbehaviour = {
  /** Such as `SendMessageBatch`; every call when left out. */
  action?: string;
  /** Of these calls, between 0 and 1; all when left out. */
  share?: number;
} & (
  | { kind: 'refuse' }
  | { kind: 'delay'; ms: number }
  /** The call has its effect and the answer is lost. */
  | { kind: 'lose-answer' }
  /** Every third entry of a batch is not taken. */
  | { kind: 'refuse-entries' }
  /** Each try of a message counts as another message: the relay's deduplication is off. */
  | { kind: 'forget-repeats' }
);

export type SqsProxy = {
  readonly url: string;
  misbehave(how: SqsMisbehaviour): void;
  behave(): void;
  /** Under how many message ids SQS handed out the event. */
  messagesOf(eventId: string): number;
  stop(): Promise<void>;
};

type Batch = { Entries: Record<string, unknown>[] };

/** Stands between the services and the emulator. */
export async function startSqsProxy(endpoint: string, random: Random): Promise<SqsProxy> {
  const { hostname, port } = new URL(endpoint);
  const handedOut = new Map<string, Set<string>>();
  let rules: SqsMisbehaviour[] = [];

  const rulesFor = (action: string) =>
    rules.filter((rule) => (rule.action ?? action) === action && random() < (rule.share ?? 1));

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const action = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    const body = await buffer(incoming);
    const struck = rulesFor(action);
    const strikes = (kind: SqsMisbehaviour['kind']) => struck.some((rule) => rule.kind === kind);
    if (strikes('refuse')) return refuse(outgoing);
    for (const rule of struck) if (rule.kind === 'delay') await sleep(rule.ms);
    if (outgoing.destroyed) return;
    const { body: asked, refused } = changed(body, action, strikes);
    const answer = await forward(incoming, outgoing, asked);
    if (answer === null || outgoing.destroyed) return;
    if (strikes('lose-answer')) return void incoming.socket.destroy();
    if (action === 'ReceiveMessage') remember(answer.body);
    const whole = refused.length === 0 ? answer.body : withRefused(answer.body, refused);
    outgoing.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(whole);
  }

  /** Null when the caller has hung up, which the emulator hears at once: it then hands out nothing. */
  function forward(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    body: Buffer,
  ): Promise<{ status: number; body: Buffer } | null> {
    return new Promise((resolve, reject) => {
      const { method, url, headers } = incoming;
      const lengths = { 'content-length': String(body.length) };
      const onward = send({ hostname, port, method, path: url, headers: { ...headers, ...lengths } }, (answer) => {
        buffer(answer).then((whole) => resolve({ status: answer.statusCode ?? 500, body: whole }), reject);
      });
      outgoing.once('close', () => {
        onward.destroy();
        resolve(null);
      });
      onward.once('error', reject).end(body);
    });
  }

  function remember(answer: Buffer): void {
    // The emulator's own JSON, whose bodies are our envelopes.
    const { Messages = [] } = JSON.parse(answer.toString()) as { Messages?: { MessageId: string; Body: string }[] };
    for (const { MessageId, Body } of Messages) {
      const event = /"id":\s*"([^"]+)"/.exec(Body)?.[1] ?? '';
      handedOut.set(event, (handedOut.get(event) ?? new Set()).add(MessageId));
    }
  }

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => {
      if (!outgoing.headersSent) refuse(outgoing);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    misbehave: (how) => void rules.push(how),
    behave: () => void (rules = []),
    messagesOf: (eventId) => handedOut.get(eventId)?.size ?? 0,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

type Strikes = (kind: SqsMisbehaviour['kind']) => boolean;

function changed(body: Buffer, action: string, strikes: Strikes): { body: Buffer; refused: string[] } {
  if (action !== 'SendMessageBatch' || !(strikes('refuse-entries') || strikes('forget-repeats'))) {
    return { body, refused: [] };
  }
  const batch = JSON.parse(body.toString()) as Batch; // what our relay wrote
  const refused = strikes('refuse-entries') ? batch.Entries.filter((_, n) => n % 3 === 0) : [];
  const taken = batch.Entries.filter((entry) => !refused.includes(entry));
  const Entries = strikes('forget-repeats')
    ? taken.map((entry) => ({ ...entry, MessageDeduplicationId: newId() }))
    : taken;
  const ids = refused.map(({ Id }) => String(Id));
  return { body: Buffer.from(JSON.stringify({ ...batch, Entries })), refused: ids };
}

function withRefused(answer: Buffer, refused: readonly string[]): Buffer {
  const whole = JSON.parse(answer.toString()) as Record<string, unknown>; // the emulator's own JSON
  const Failed = refused.map((Id) => ({ Id, Code: 'InternalError', SenderFault: false }));
  return Buffer.from(JSON.stringify({ Successful: [], ...whole, __type: undefined, Failed }));
}

function refuse(outgoing: ServerResponse): void {
  outgoing
    .writeHead(503, { 'content-type': 'application/x-amz-json-1.0' })
    .end(JSON.stringify({ __type: 'com.amazonaws.sqs#ServiceUnavailable' }));
}
