import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { CarrierName } from '@frontdesk/contracts';
import { newId, parsePhoneNumber, present } from '@frontdesk/kernel';
import type { LookUpAnswer, OutgoingText, TextGateway } from '@frontdesk/messaging/ports';
import type { TelnyxSimulator, TextAccepted, TwilioSimulator, WebhookDelivery } from '@frontdesk/simulators';
import type { CarrierEvent } from '@frontdesk/providers/telnyx-webhooks';
import { addressOfNobody } from './address-of-nobody.ts';
import { itSignsWebhooks, type Posted, type VerifyPosted } from './webhook-signature-contract.ts';

const number = (text: string) => present(parsePhoneNumber(text), 'the number');
export const clinic = number('+14805550100');
export const patient = number('+14805550123');
export const publicWebhookUrl = 'http://127.0.0.1:9';

/** What the suite asks of any carrier's simulator. */
type Carrier = Pick<
  TelnyxSimulator & TwilioSimulator,
  'autoresponses' | 'behave' | 'limitThroughput' | 'misbehave' | 'requests'
> &
  Pick<TwilioSimulator, 'receiveText' | 'settled' | 'stop'> & {
    accepted: readonly TextAccepted[];
    deliveries: readonly WebhookDelivery[];
  };

/** One carrier under the suite: its simulator, and how to read and to steer it. */
export type CarrierBench = {
  provider: CarrierName;
  carrier: Carrier;
  /** A gateway to the simulator, with the account's credentials unless others are given. */
  gateway: (given?: { credentials?: string; baseUrl?: string; timeoutMs?: number }) => TextGateway;
  profileId: string;
  /** How the carrier says each of these. */
  refuse: (what: 'content' | 'length' | 'number' | 'registration' | 'recipient' | 'queue-full' | 'opted-out') => void;
  planReceipts: (status: 'delivered' | 'undelivered' | 'failed' | 'none') => void;
  startOver: () => void;
  read: (webhook: Posted) => CarrierEvent;
  verify: VerifyPosted;
  placeCall: () => Promise<{ answer: () => Promise<unknown>; hangUp: () => Promise<unknown> }>;
  /** What a look-up tells of a text that was taken, and of one that was not. */
  looksUp: { taken: LookUpAnswer['kind']; notTaken: LookUpAnswer['kind'] };
};

/** How long a carrier that never answers is waited for: enough for a busy machine to take the request. */
const impatient = { timeoutMs: 1_000 };

/** What the desk may rely on with every carrier. */
export function describeSmsCarrier(name: string, start: () => Promise<CarrierBench>): void {
  describe(`${name} as a carrier of texts`, () => {
    let bench: CarrierBench;
    beforeAll(async () => {
      bench = await start();
    });
    afterEach(async () => {
      await bench.carrier.settled();
      bench.carrier.behave();
      bench.startOver();
    });
    afterAll(() => bench.carrier.stop());

    const ofClinic = { by: 'number', numbers: [clinic] };
    const text = (change: Partial<OutgoingText> = {}): OutgoingText => ({
      attemptId: newId(),
      from: clinic,
      channel: 'sms',
      to: patient,
      choices: [],
      template: null,
      body: 'See you at 3 PM.',
      mediaUrls: [],
      messagingProfileId: bench.profileId,
      ...change,
    });

    /** Sends a text and counts what reached the carrier. */
    async function send(change: Partial<OutgoingText> = {}, gateway = bench.gateway()) {
      const { carrier } = bench;
      const before = { requests: carrier.requests.length, accepted: carrier.accepted.length };
      const outcome = await gateway.send(text(change));
      return {
        outcome,
        requests: carrier.requests.length - before.requests,
        accepted: carrier.accepted.length - before.accepted,
      };
    }

    /** The webhooks posted since, as they were posted. */
    async function postedBy(act: () => Promise<unknown>): Promise<Posted[]> {
      const { deliveries, settled } = bench.carrier;
      const before = deliveries.length;
      await act();
      await settled();
      return deliveries.slice(before).map(({ tries }) => present(tries[0], 'the first try'));
    }

    const readAll = async (act: () => Promise<unknown>) => (await postedBy(act)).map(bench.read);
    const hear = (words: string) => bench.carrier.receiveText({ from: patient, to: clinic, text: words });

    describe('a text to a person', () => {
      it('is handed over in one request, from the clinic’s number, with the attempt in the address for its receipts', async () => {
        const attemptId = newId();
        const { outcome, requests, accepted } = await send({ attemptId, body: 'Mañana a las 3? 🙂 50% + tax & tip' });
        const taken = bench.carrier.accepted.at(-1);
        expect({ requests, accepted }).toEqual({ requests: 1, accepted: 1 });
        expect(outcome).toEqual({ kind: 'accepted', providerMessageId: taken?.id });
        expect(taken).toMatchObject({ from: clinic, to: patient, text: 'Mañana a las 3? 🙂 50% + tax & tip' });
        expect(taken).toMatchObject({ mediaUrls: [], messagingProfileId: bench.profileId });
        const address = new URL(taken?.webhookUrl ?? '');
        expect(address.origin).toBe(publicWebhookUrl);
        expect(address.pathname).toMatch(new RegExp(`^/webhooks/${bench.provider}/messages`));
        expect(address.searchParams.get('attempt')).toBe(attemptId);
      });

      it('takes pictures along, also without words', async () => {
        const mediaUrls = ['https://media.example/a.jpg?x=1&y=2', 'https://media.example/b.png'];
        expect((await send({ mediaUrls })).outcome).toMatchObject({ kind: 'accepted' });
        expect(bench.carrier.accepted.at(-1)).toMatchObject({ mediaUrls, text: 'See you at 3 PM.' });
        expect((await send({ mediaUrls, body: '' })).outcome).toMatchObject({ kind: 'accepted' });
      });

      it.each(['content', 'length', 'recipient'] as const)(
        'is refused for good, everywhere, for its %s',
        async (what) => {
          bench.refuse(what);
          const { outcome, requests, accepted } = await send();
          expect({ requests, accepted }).toEqual({ requests: 1, accepted: 0 });
          expect(outcome).toEqual({
            kind: 'refused',
            code: expect.stringMatching(/^\d{5}$/),
            reason: expect.stringMatching(/\w/),
            optedOut: false,
          });
        },
      );

      it.each(['number', 'registration'] as const)('may be taken elsewhere when it is our %s', async (what) => {
        bench.refuse(what);
        expect((await send()).outcome).toMatchObject({ kind: 'refused', optedOut: false, elsewhere: true });
      });

      it('may be taken elsewhere when the account is not accepted', async () => {
        const stranger = bench.gateway({ credentials: 'somebody-elses' });
        expect((await send({}, stranger)).outcome).toMatchObject({ kind: 'refused', elsewhere: true });
      });

      it('is never taken elsewhere when the person stopped texts at the carrier', async () => {
        bench.refuse('opted-out');
        const { outcome } = await send();
        expect(outcome).toMatchObject({ kind: 'refused', optedOut: true });
        expect(outcome).not.toHaveProperty('elsewhere');
      });
    });

    describe('a text that the carrier cannot take now', () => {
      it('can be tried again, and when', async () => {
        bench.carrier.misbehave({ kind: 'answer', status: 429, retryAfterSeconds: 7 }, { times: 1 });
        const { outcome, requests, accepted } = await send();
        expect(outcome).toMatchObject({ kind: 'retryable', retryAfterMs: 7_000 });
        expect({ requests, accepted }).toEqual({ requests: 1, accepted: 0 });
      });

      it('can be tried again when its queue is full', async () => {
        bench.refuse('queue-full');
        expect((await send()).outcome).toMatchObject({ kind: 'retryable' });
      });

      it.each(['too-many-requests', 'queue-full'] as const)('is one above its limit (%s)', async (answer) => {
        bench.carrier.limitThroughput({ textsPerSecond: 0.01, answer });
        expect((await send()).outcome).toMatchObject({ kind: 'accepted' });
        const over = await send();
        expect(over).toMatchObject({ outcome: { kind: 'retryable' }, accepted: 0 });
        expect(over.outcome).toHaveProperty('retryAfterMs');
      });

      it('has not left when nobody listens', async () => {
        const { outcome, requests } = await send({}, bench.gateway({ baseUrl: await addressOfNobody() }));
        expect(outcome).toEqual({ kind: 'retryable', code: 'ECONNREFUSED' });
        expect(requests).toBe(0);
      });
    });

    describe('a text whose answer is lost', () => {
      it.each(['accept-then-hang', 'accept-then-fail', 'accept-then-reset'] as const)(
        'is unknown after %s, and is not repeated',
        async (kind) => {
          bench.carrier.misbehave({ kind }, { times: 1 });
          const lost = await send({}, bench.gateway(impatient));
          expect(lost).toMatchObject({ outcome: { kind: 'unknown' }, requests: 1, accepted: 1 });
        },
      );

      it.each(['<html>', '{}', '[]', '""', 'null'])('is unknown after an answer that says %s', async (body) => {
        bench.carrier.misbehave({ kind: 'accept-then-say', body }, { times: 1 });
        expect(await send()).toMatchObject({ outcome: { kind: 'unknown' }, requests: 1, accepted: 1 });
      });

      it.each([500, 503] as const)('is unknown after a %i, which may hide that it was taken', async (status) => {
        bench.carrier.misbehave({ kind: 'answer', status }, { times: 1 });
        expect(await send()).toMatchObject({ outcome: { kind: 'unknown' }, requests: 1, accepted: 0 });
      });

      it('is unknown when the connection is cut on the way', async () => {
        bench.carrier.misbehave({ kind: 'reset' }, { times: 1 });
        expect(await send()).toMatchObject({ outcome: { kind: 'unknown' }, requests: 1, accepted: 0 });
      });

      it('is looked up', async () => {
        const startedAt = Temporal.Now.instant();
        const taken = text({ body: 'The answer to this one is lost.' });
        bench.carrier.misbehave({ kind: 'accept-then-hang' }, { times: 1 });
        await bench.gateway(impatient).send(taken);
        expect(await bench.gateway().lookUp({ ...taken, startedAt })).toMatchObject({ kind: bench.looksUp.taken });
        const notTaken = text({ body: 'This one never left.' });
        expect((await bench.gateway().lookUp({ ...notTaken, startedAt })).kind).toBe(bench.looksUp.notTaken);
      });

      it.each([
        ['is broken', { kind: 'answer', status: 500 }],
        ['is busy', { kind: 'answer', status: 429 }],
        ['hangs', { kind: 'accept-then-hang' }],
        ['talks nonsense', { kind: 'accept-then-say', body: '<html>' }],
        ['hangs up', { kind: 'reset' }],
      ] as const)('stays unknown when the carrier %s, without an exception', async (_, how) => {
        bench.carrier.misbehave(how);
        const answer = await bench.gateway(impatient).lookUp({ ...text(), startedAt: Temporal.Now.instant() });
        expect(answer).toEqual({ kind: 'cannot-tell' });
      });
    });

    describe('the receipts of a text', () => {
      it.each([
        ['delivered', ['sent', 'delivered']],
        ['undelivered', ['sent', 'undelivered']],
        ['failed', ['failed']],
      ] as const)('tell that it was %s, each to the address with its attempt', async (status, told) => {
        bench.planReceipts(status);
        const attemptId = newId();
        const posted = await postedBy(() => send({ attemptId }));
        const { id } = present(bench.carrier.accepted.at(-1), 'the text');
        expect(posted.map(bench.read).map(({ content }) => content)).toEqual(
          told.map((each) => ({
            kind: 'delivery-report',
            provider: bench.provider,
            messageId: id,
            status: each,
            errorCode: null,
          })),
        );
        expect(posted.every(({ url }) => url.endsWith(`?attempt=${attemptId}`))).toBe(true);
        expect(posted.map(bench.read).map(({ addressee }) => addressee)).toEqual(told.map(() => ofClinic));
      });

      it('are different events, and the same ones when they come again', async () => {
        bench.planReceipts('delivered');
        const first = await readAll(() => send());
        const keys = first.map(({ eventType, externalId }) => `${eventType} ${externalId}`);
        expect(new Set(keys).size).toBe(2);
      });
    });

    describe('a text from a person', () => {
      it('is read with every character, and is the same event when it comes again', async () => {
        const events = await readAll(() =>
          bench.carrier.receiveText({ from: patient, to: clinic, text: 'Mañana? +1 & 🙂', copies: 2 }),
        );
        expect(events).toHaveLength(2);
        expect(events[0]).toMatchObject({
          addressee: ofClinic,
          content: { kind: 'text', from: patient, body: 'Mañana? +1 & 🙂', media: [], carrierKeyword: null },
        });
        expect(events[1]?.externalId).toBe(events[0]?.externalId);
        expect(events[1]?.eventType).toBe(events[0]?.eventType);
      });

      it('brings its pictures', async () => {
        const jpeg = { contentType: 'image/jpeg', bytes: new Uint8Array([255, 216, 255]) };
        const png = { contentType: 'image/png', bytes: new Uint8Array([137, 80]) };
        const [event] = await readAll(() =>
          bench.carrier.receiveText({ from: patient, to: clinic, text: '', media: [jpeg, png] }),
        );
        expect(event?.content).toMatchObject({
          kind: 'text',
          body: '',
          media: [
            { url: expect.stringMatching(/^http/), contentType: 'image/jpeg' },
            { url: expect.stringMatching(/^http/), contentType: 'image/png' },
          ],
        });
      });

      it('says which keyword the carrier has answered, and the carrier then blocks or lets through', async () => {
        const keywordOf = async (words: string) => (await readAll(() => hear(words)))[0]?.content;
        expect(await keywordOf('STOP')).toMatchObject({ body: 'STOP', carrierKeyword: 'stop' });
        expect(bench.carrier.autoresponses.at(-1)).toMatchObject({ to: patient, kind: 'STOP' });
        expect((await send()).outcome).toMatchObject({ kind: 'refused', optedOut: true });
        expect(await keywordOf('START')).toMatchObject({ carrierKeyword: 'start' });
        expect((await send()).outcome).toMatchObject({ kind: 'accepted' });
        expect(await keywordOf('HELP')).toMatchObject({ carrierKeyword: 'help' });
        const answered = bench.carrier.autoresponses.length;
        expect(await keywordOf('please stop texting me')).toMatchObject({ carrierKeyword: null });
        expect(bench.carrier.autoresponses).toHaveLength(answered);
      });
    });

    describe('a call to the clinic', () => {
      const steps = (events: readonly CarrierEvent[]) =>
        events.map(({ content }) => (content.kind === 'call' ? content.step : content.kind));

      it('that nobody takes starts and ends, as one call', async () => {
        const events = await readAll(async () => (await bench.placeCall()).hangUp());
        expect(steps(events)).toEqual(['started', 'ended']);
        const sessions = events.map(({ content }) => (content.kind === 'call' ? content.sessionId : null));
        expect(new Set(sessions).size).toBe(1);
        expect(events.every(({ content }) => content.kind === 'call' && content.from === patient)).toBe(true);
        expect(events.map(({ addressee }) => addressee)).toEqual(events.map(() => ofClinic));
        expect(events.at(-1)?.content).not.toHaveProperty('wasAnswered');
      });

      it('that somebody takes says so', async () => {
        const events = await readAll(async () => {
          const call = await bench.placeCall();
          await call.answer();
          await call.hangUp();
        });
        expect(steps(events)).toEqual(['started', 'answered', 'ended']);
      });
    });

    describe('the signature of a webhook', () => {
      const received = async () => present((await postedBy(() => hear('Hello 🙂')))[0], 'the webhook');

      it('is right for texts, receipts and calls', async () => {
        bench.planReceipts('delivered');
        const posted = [
          await received(),
          ...(await postedBy(() => send())),
          ...(await postedBy(async () => (await bench.placeCall()).hangUp())),
        ];
        expect(posted).toHaveLength(5);
        expect(await Promise.all(posted.map((webhook) => bench.verify(webhook)))).toEqual(posted.map(() => 'valid'));
      });

      itSignsWebhooks({ verify: (...webhook) => bench.verify(...webhook), received });
    });
  });
}
