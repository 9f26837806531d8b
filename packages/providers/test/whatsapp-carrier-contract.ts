import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, parsePersonAddress, parsePhoneNumber, present, type PersonAddress } from '@frontdesk/kernel';
import type { Choice, LookUpAnswer, OutgoingTemplate, OutgoingText, TextGateway } from '@frontdesk/messaging/ports';
import type { MetaSimulator, ReceivedRequest, WebhookDelivery } from '@frontdesk/simulators';
import type { CarrierAddressee, CarrierEvent } from '@frontdesk/providers/telnyx-webhooks';
import { addressOfNobody } from './address-of-nobody.ts';
import { itSignsWebhooks, type Posted, type VerifyPosted } from './webhook-signature-contract.ts';
import { clinic, patient } from './sms-carrier-contract.ts';

/** Somebody who keeps their number to themselves. */
const nameless = present(parsePersonAddress('wa:US.13491208655302741918'), 'the address');

/** What the suite asks of any carrier's simulator. */
type Carrier = Pick<
  MetaSimulator,
  'behave' | 'closeWindow' | 'limitThroughput' | 'misbehave' | 'openWindow' | 'planReceipts' | 'settled' | 'stop'
> & {
  accepted: readonly {
    id: string;
    from: string;
    to: string;
    text: string;
    mediaUrls: readonly string[];
    choices: readonly Choice[];
    listLabel: string | null;
    template: { values: readonly string[] } | null;
  }[];
  requests: readonly ReceivedRequest[];
  deliveries: readonly WebhookDelivery[];
};

/** What a person sees of a message. */
type Shown = {
  as: 'words' | 'buttons' | 'list';
  choices: readonly Choice[];
  /** The values of the template that it left as; null when it is none. */
  templateValues: readonly string[] | null;
};

/** What a person writes, taps or sends. */
type Heard = {
  from?: PersonAddress;
  text?: string;
  choice?: Choice & { of: 'button' | 'list' | 'template' };
  media?: { contentType: string; bytes: Uint8Array };
  copies?: number;
};

/** One carrier of WhatsApp under the suite: its simulator, and how to read and to steer it. */
export type WhatsAppBench = {
  provider: 'meta' | 'twilio';
  carrier: Carrier;
  /** A gateway to the simulator, with the account's credentials unless others are given. */
  gateway: (given?: { credentials?: string; baseUrl?: string; timeoutMs?: number }) => TextGateway;
  profileId: string;
  /** Approved, with the body `Hi {{1}}, see you on {{2}}.` and the buttons Keep and Move. */
  template: Omit<OutgoingTemplate, 'values'>;
  /** Whether a request hands over a message. */
  isSend: (request: ReceivedRequest) => boolean;
  hear: (heard: Heard) => Promise<unknown>;
  /** How the carrier says each of these. */
  refuse: (what: 'content' | 'recipient' | 'account' | 'queue-full' | 'template-paused') => void;
  read: (webhook: Posted) => CarrierEvent[];
  /** The attempt that a receipt names, in itself or in its address. */
  attemptOf: (webhook: Posted) => string | null;
  verify: VerifyPosted;
  /** Whom its events are for. */
  addressee: CarrierAddressee;
  /** What a look-up tells of a message that was taken, and of one that was not. */
  looksUp: { taken: LookUpAnswer['kind']; notTaken: LookUpAnswer['kind'] };
};

/** How long a carrier that never answers is waited for: enough for a busy machine to take the request. */
const impatient = { timeoutMs: 1_000 };

const yesNo: readonly Choice[] = [
  { id: 'keep', title: 'Keep' },
  { id: 'move', title: 'Move' },
];
const times: readonly Choice[] = [9, 10, 11, 12].map((hour) => ({ id: `slot-${hour}`, title: `Tuesday ${hour}:00` }));
const described: readonly Choice[] = [{ id: 'a', title: 'Tuesday 9:00', description: 'with Dr. Lee' }];
const long: readonly Choice[] = [{ id: 'a', title: 'Wednesday, 10:30 in the' }];

/** What the desk may rely on with every carrier of WhatsApp. */
export function describeWhatsAppCarrier(name: string, start: () => Promise<WhatsAppBench>): void {
  describe(`${name} as a carrier of WhatsApp`, () => {
    let bench: WhatsAppBench;
    beforeAll(async () => {
      bench = await start();
    });
    beforeEach(() => {
      bench.carrier.planReceipts({ never: true });
      bench.carrier.openWindow(clinic, patient);
    });
    afterEach(async () => {
      await bench.carrier.settled();
      bench.carrier.behave();
    });
    afterAll(() => bench.carrier.stop());

    const message = (change: Partial<OutgoingText> = {}): OutgoingText => ({
      attemptId: newId(),
      channel: 'whatsapp',
      from: clinic,
      to: patient,
      body: 'See you at 3 PM.',
      mediaUrls: [],
      messagingProfileId: bench.profileId,
      choices: [],
      template: null,
      ...change,
    });
    const template = (values: readonly string[]): OutgoingTemplate => ({ ...bench.template, values });
    const sends = () => bench.carrier.requests.filter(bench.isSend).length;

    /** The newest message that the carrier took, as the person sees it. */
    function shown(): Shown {
      const { choices, listLabel, template: left } = present(bench.carrier.accepted.at(-1), 'the message');
      const as = choices.length === 0 ? 'words' : listLabel === null ? 'buttons' : 'list';
      return { as, choices, templateValues: left?.values ?? null };
    }

    function planReceipts(status: 'delivered' | 'read' | 'never-left'): void {
      bench.carrier.behave();
      bench.carrier.planReceipts({ status: status === 'never-left' ? 'failed' : status });
    }

    /** Sends a message and counts how often it was handed over, and taken. */
    async function send(change: Partial<OutgoingText> = {}, gateway = bench.gateway()) {
      const { carrier } = bench;
      const before = { requests: sends(), accepted: carrier.accepted.length };
      const outcome = await gateway.send(message(change));
      return { outcome, requests: sends() - before.requests, accepted: carrier.accepted.length - before.accepted };
    }

    async function postedBy(act: () => Promise<unknown>): Promise<Posted[]> {
      const { deliveries, settled } = bench.carrier;
      const before = deliveries.length;
      await act();
      await settled();
      return deliveries.slice(before).map(({ tries }) => present(tries[0], 'the first try'));
    }

    const readAll = async (act: () => Promise<unknown>) => (await postedBy(act)).flatMap(bench.read);
    const hearOne = async (heard: Heard) => present((await readAll(() => bench.hear(heard)))[0], 'the event');

    describe('a message to a person', () => {
      it('is handed over in one request, from the clinic’s number', async () => {
        const body = 'Mañana a las 3? 🙂 50% + tax & tip\nhttps://pay.example/u/1?x=2';
        const { outcome, requests, accepted } = await send({ body });
        const taken = bench.carrier.accepted.at(-1);
        expect({ requests, accepted }).toEqual({ requests: 1, accepted: 1 });
        expect(outcome).toEqual({ kind: 'accepted', providerMessageId: taken?.id });
        expect(taken).toMatchObject({ from: clinic, to: patient, text: body, mediaUrls: [] });
        expect(shown()).toEqual({ as: 'words', choices: [], templateValues: null });
      });

      it('reaches somebody who keeps their number to themselves', async () => {
        bench.carrier.openWindow(clinic, nameless);
        expect((await send({ to: nameless })).outcome).toMatchObject({ kind: 'accepted' });
        expect(bench.carrier.accepted.at(-1)).toMatchObject({ to: nameless });
      });

      it.each([
        ['two short choices', 'buttons', yesNo],
        ['more than three', 'list', times],
        ['one with a description', 'list', described],
        ['one with a long title', 'list', long],
      ] as const)('shows %s as %s', async (_, as, choices) => {
        expect(await send({ choices })).toMatchObject({ outcome: { kind: 'accepted' }, requests: 1 });
        expect(bench.carrier.accepted.at(-1)).toMatchObject({ text: 'See you at 3 PM.' });
        expect(shown()).toEqual({ as, choices, templateValues: null });
      });

      it('says in words what there is to choose where it is too long for buttons', async () => {
        const body = 'x'.repeat(1_025);
        expect((await send({ body, choices: yesNo })).outcome).toMatchObject({ kind: 'accepted' });
        expect(shown()).toMatchObject({ as: 'words' });
        expect(bench.carrier.accepted.at(-1)?.text).toBe(`${body}\n\n1. Keep\n2. Move`);
      });

      it('takes a picture along, also without words', async () => {
        const mediaUrls = ['https://media.example/a.jpg?x=1&y=2'];
        expect((await send({ mediaUrls })).outcome).toMatchObject({ kind: 'accepted' });
        expect(bench.carrier.accepted.at(-1)).toMatchObject({ mediaUrls, text: 'See you at 3 PM.' });
        expect((await send({ mediaUrls, body: '' })).outcome).toMatchObject({ kind: 'accepted' });
        expect(bench.carrier.accepted.at(-1)).toMatchObject({ mediaUrls, text: '' });
      });

      it.each(['content', 'recipient', 'account'] as const)('is refused for its %s, with words', async (what) => {
        bench.refuse(what);
        const { outcome, requests, accepted } = await send();
        expect({ requests, accepted }).toEqual({ requests: 1, accepted: 0 });
        expect(outcome).toMatchObject({ kind: 'refused', optedOut: false, reason: expect.stringMatching(/^[a-zA-Z]/) });
        expect(outcome).not.toHaveProperty('windowClosed');
      });

      it('is refused when the account is not accepted', async () => {
        const stranger = bench.gateway({ credentials: 'somebody-elses' });
        expect(await send({}, stranger)).toMatchObject({ outcome: { kind: 'refused', optedOut: false }, accepted: 0 });
      });
    });

    describe('after 24 hours without a word of the person', () => {
      beforeEach(() => bench.carrier.closeWindow(clinic, patient));

      it('free words are refused, and why is told apart', async () => {
        const { outcome, accepted } = await send();
        expect(accepted).toBe(0);
        expect(outcome).toMatchObject({ kind: 'refused', optedOut: false, windowClosed: true });
      });

      it('an approved template leaves, with its values and its buttons', async () => {
        const values = ['Ana', 'Tuesday, 3 PM'];
        expect((await send({ template: template(values) })).outcome).toMatchObject({ kind: 'accepted' });
        expect(bench.carrier.accepted.at(-1)?.text).toBe('Hi Ana, see you on Tuesday, 3 PM.');
        expect(shown()).toEqual({ as: 'buttons', choices: yesNo, templateValues: values });
      });

      it('a template that is paused is refused', async () => {
        bench.refuse('template-paused');
        const { outcome } = await send({ template: template(['Ana', 'Tuesday']) });
        expect(outcome).toMatchObject({ kind: 'refused', optedOut: false });
        expect(outcome).not.toHaveProperty('windowClosed');
      });

      it('a word of the person opens it again', async () => {
        await bench.hear({ text: 'Hello' });
        expect((await send()).outcome).toMatchObject({ kind: 'accepted' });
      });
    });

    describe('a message that the carrier cannot take now', () => {
      it('can be tried again, and when', async () => {
        bench.carrier.misbehave(
          { kind: 'answer', status: 429, retryAfterSeconds: 7 },
          { times: 1, where: bench.isSend },
        );
        expect(await send()).toMatchObject({
          outcome: { kind: 'retryable', retryAfterMs: 7_000 },
          requests: 1,
          accepted: 0,
        });
      });

      it('can be tried again when its queue is full', async () => {
        bench.refuse('queue-full');
        expect((await send()).outcome).toMatchObject({ kind: 'retryable' });
      });

      it.each(['too-many-requests', 'queue-full'] as const)('is one above its limit (%s)', async (answer) => {
        bench.carrier.limitThroughput({ textsPerSecond: 0.01, answer });
        expect((await send()).outcome).toMatchObject({ kind: 'accepted' });
        expect(await send()).toMatchObject({ outcome: { kind: 'retryable' }, accepted: 0 });
      });

      it('has not left when nobody listens', async () => {
        const { outcome, requests } = await send({}, bench.gateway({ baseUrl: await addressOfNobody() }));
        expect(outcome).toEqual({ kind: 'retryable', code: 'ECONNREFUSED' });
        expect(requests).toBe(0);
      });
    });

    describe('a message whose answer is lost', () => {
      it.each(['accept-then-hang', 'accept-then-fail', 'accept-then-reset'] as const)(
        'is unknown after %s, and is not repeated',
        async (kind) => {
          bench.carrier.misbehave({ kind }, { times: 1, where: bench.isSend });
          const lost = await send({}, bench.gateway(impatient));
          expect(lost).toMatchObject({ outcome: { kind: 'unknown' }, requests: 1, accepted: 1 });
        },
      );

      it.each(['<html>', '{}', '[]', '""', 'null', '{"messages":[]}'])(
        'is unknown after an answer that says %s',
        async (body) => {
          bench.carrier.misbehave({ kind: 'accept-then-say', body }, { times: 1, where: bench.isSend });
          expect(await send()).toMatchObject({ outcome: { kind: 'unknown' }, requests: 1, accepted: 1 });
        },
      );

      it.each([500, 503] as const)('is unknown after a %i, which may hide that it was taken', async (status) => {
        bench.carrier.misbehave({ kind: 'answer', status }, { times: 1, where: bench.isSend });
        expect(await send()).toMatchObject({ outcome: { kind: 'unknown' }, requests: 1, accepted: 0 });
      });

      it('is unknown when the connection is cut on the way', async () => {
        bench.carrier.misbehave({ kind: 'reset' }, { times: 1, where: bench.isSend });
        expect(await send()).toMatchObject({ outcome: { kind: 'unknown' }, requests: 1, accepted: 0 });
      });

      it('is looked up where the carrier can be asked', async () => {
        const startedAt = Temporal.Now.instant();
        const taken = message({ body: 'The answer to this one is lost.' });
        bench.carrier.misbehave({ kind: 'accept-then-reset' }, { times: 1, where: bench.isSend });
        await bench.gateway().send(taken);
        expect(await bench.gateway().lookUp({ ...taken, startedAt })).toMatchObject({ kind: bench.looksUp.taken });
        const notTaken = message({ body: 'This one never left.' });
        expect((await bench.gateway().lookUp({ ...notTaken, startedAt })).kind).toBe(bench.looksUp.notTaken);
      });
    });

    describe('the receipts of a message', () => {
      it.each([
        ['delivered', ['sent', 'delivered']],
        ['read', ['sent', 'read']],
        ['never-left', ['failed']],
      ] as const)('tell that it was %s, each naming its attempt', async (status, told) => {
        planReceipts(status);
        const attemptId = newId();
        const posted = await postedBy(() => send({ attemptId }));
        const { id } = present(bench.carrier.accepted.at(-1), 'the message');
        const events = posted.flatMap(bench.read);
        expect(events.map(({ content }) => content)).toEqual(
          told.map((each) =>
            expect.objectContaining({ kind: 'delivery-report', provider: bench.provider, messageId: id, status: each }),
          ),
        );
        expect(posted.map(bench.attemptOf)).toEqual(told.map(() => attemptId));
        expect(events.map(({ addressee }) => addressee)).toEqual(told.map(() => bench.addressee));
        expect(new Set(events.map(({ eventType, externalId }) => `${eventType} ${externalId}`)).size).toBe(told.length);
      });
    });

    describe('a message from a person', () => {
      it('is read with every character, and is the same event when it comes again', async () => {
        const events = await readAll(() => bench.hear({ text: 'Mañana? +1 & 🙂', copies: 2 }));
        expect(events).toHaveLength(2);
        expect(events[0]).toMatchObject({
          addressee: bench.addressee,
          content: {
            kind: 'text',
            channel: 'whatsapp',
            from: patient,
            body: 'Mañana? +1 & 🙂',
            choiceId: null,
            media: [],
            carrierKeyword: null,
          },
        });
        expect(events[1]?.externalId).toBe(events[0]?.externalId);
        expect(events[1]?.eventType).toBe(events[0]?.eventType);
      });

      it.each(['button', 'list', 'template'] as const)('says what was tapped (%s)', async (kind) => {
        const { content } = await hearOne({ choice: { id: 'move', title: 'Move', of: kind } });
        expect(content).toMatchObject({ kind: 'text', from: patient, body: 'Move', choiceId: 'move' });
      });

      it('brings its picture, with words or without', async () => {
        const media = { contentType: 'image/jpeg', bytes: new Uint8Array([255, 216, 255]) };
        const file = { url: expect.stringMatching(/^[a-z-]+:\/\//), contentType: 'image/jpeg' };
        expect((await hearOne({ text: 'My skin', media })).content).toMatchObject({ body: 'My skin', media: [file] });
        expect((await hearOne({ text: '', media })).content).toMatchObject({ body: '', media: [file] });
      });

      it('comes from an address of its own where the number is kept back', async () => {
        const { content } = await hearOne({ from: nameless, text: 'Hello' });
        const whatsAppUserId = nameless.slice('wa:'.length);
        expect(content).toMatchObject({ kind: 'text', from: nameless, whatsAppUserId, body: 'Hello' });
        expect(parsePhoneNumber(nameless)).toBeNull();
      });

      it('that says STOP is not answered by the carrier', async () => {
        expect((await hearOne({ text: 'STOP' })).content).toMatchObject({ body: 'STOP', carrierKeyword: null });
        expect((await send()).outcome).toMatchObject({ kind: 'accepted' });
      });
    });

    describe('the signature of a webhook', () => {
      const received = async () => present((await postedBy(() => bench.hear({ text: 'Hello 🙂' })))[0], 'the webhook');

      it('is right for messages and receipts', async () => {
        planReceipts('delivered');
        const posted = [await received(), ...(await postedBy(() => send()))];
        expect(posted).toHaveLength(3);
        expect(await Promise.all(posted.map((webhook) => bench.verify(webhook)))).toEqual(posted.map(() => 'valid'));
      });

      itSignsWebhooks({ verify: (...webhook) => bench.verify(...webhook), received });
    });
  });
}
