import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { PhoneCarrier } from '@frontdesk/contracts';
import { newId, parsePhoneNumber, PermanentFailure, present, TransientFailure } from '@frontdesk/kernel';
import type { NumberCarrier, NumberWish, OrderStanding } from '@frontdesk/numbers/ports';
import type { Misbehaviour, MisbehaviourScope, NumberForSale, ReceivedRequest } from '@frontdesk/simulators';

export const publicWebhookUrl = 'http://127.0.0.1:9';

/** A number of the account, as the simulator has it. */
type OwnedNumber = { number: string; profileId: string | null; name: string; sendsCallsToUs: boolean };

/** One carrier under the suite: its simulator, and how to steer it. */
export type NumberCarrierBench = {
  simulator: {
    misbehave: (how: Misbehaviour, scope?: MisbehaviourScope) => void;
    behave: () => void;
    requests: readonly ReceivedRequest[];
    settled: () => Promise<void>;
    stop: () => Promise<void>;
  };
  carrier: (given?: { baseUrl?: string; timeoutMs?: number }) => NumberCarrier;
  /** From now on these are all the numbers that are for sale. */
  fillStock: (numbers: readonly NumberForSale[]) => void;
  sellElsewhere: (number: string) => void;
  /** The account loses the number. */
  loseNumber: (number: string) => void;
  owned: () => readonly OwnedNumber[];
  /** Whether the request buys a number, makes a profile, or gives a number back. */
  isPurchase: (request: ReceivedRequest) => boolean;
  isProfileMade: (request: ReceivedRequest) => boolean;
  isRelease: (request: ReceivedRequest) => boolean;
};

const phone = (text: string) => present(parsePhoneNumber(text), 'the number');
const numbers = Array.from({ length: 20 }, (_, n) => phone(`+1480555${1200 + n}`));
const austin = phone('+15125551300');
const mute = phone('+14805551400');
const tollFree = phone('+18885551500');
const stock: readonly NumberForSale[] = [
  ...numbers.map((number) => ({ number, locality: 'SCOTTSDALE', state: 'AZ' })),
  { number: austin, locality: 'AUSTIN', state: 'TX' },
  { number: mute, locality: 'SCOTTSDALE', state: 'AZ', features: ['voice'] },
  { number: tollFree, tollFree: true },
];

/** Enough for a busy machine to take the request, of which the answer never comes. */
const impatient = { timeoutMs: 1_000 };

/** What the desk may rely on with everybody who sells numbers. */
export function describeNumberCarrier(name: PhoneCarrier, start: () => Promise<NumberCarrierBench>): void {
  describe(`${name} as a seller of numbers`, () => {
    let bench: NumberCarrierBench;
    beforeAll(async () => {
      bench = await start();
      bench.fillStock(stock);
    });
    afterEach(async () => {
      await bench.simulator.settled();
      bench.simulator.behave();
    });
    afterAll(() => bench.simulator.stop());

    let unused = 0;
    const nextNumber = () => present(numbers[unused++], 'a number that no test has bought');
    const count = (isOne: (request: ReceivedRequest) => boolean) => bench.simulator.requests.filter(isOne).length;
    const owned = (number: string) => bench.owned().filter((each) => each.number === number);

    async function profile(clinicName = 'Saguaro Clinic', orgId = newId()) {
      const { profileId } = await bench.carrier().ensureProfile({ orgId, clinicName });
      return profileId;
    }

    /** Orders, and looks until the carrier has made up its mind. */
    async function buy(number = nextNumber()) {
      const order = { number, reference: newId(), profileId: await profile() };
      let standing: OrderStanding | null = await bench.carrier().order(order);
      for (let looks = 0; looks < 50 && standing?.kind === 'pending'; looks++) {
        await bench.simulator.settled();
        standing = await bench.carrier().findOrder(order);
      }
      if (standing?.kind !== 'bought') throw new Error(`the number was not bought: ${standing?.kind}`);
      return { ...order, ...standing };
    }

    describe('a search', () => {
      const search = (wish: Partial<NumberWish>) => bench.carrier().search({ limit: 50, ...wish });

      it('finds numbers for texts and calls, with where they are and what they can', async () => {
        expect(await search({ areaCode: '512' })).toEqual([
          expect.objectContaining({ number: austin, state: 'TX', sms: true, voice: true }),
        ]);
        expect((await search({ areaCode: '480' })).map(({ number }) => number)).not.toContain(mute);
      });

      it.each<[string, Partial<NumberWish>, readonly string[]]>([
        ['an area code', { areaCode: '512' }, [austin]],
        ['a state', { state: 'TX' }, [austin]],
        ['digits', { areaCode: '480', contains: '1211' }, [phone('+14805551211')]],
        ['a toll-free number', { tollFree: true }, [tollFree]],
        ['what there is not', { areaCode: '907' }, []],
      ])('goes by %s', async (_, wish, found) => {
        expect((await search(wish)).map(({ number }) => number)).toEqual(found);
      });

      it('brings no more than were asked for', async () => {
        expect(await search({ areaCode: '480', limit: 2 })).toHaveLength(2);
      });

      it.each<[string, Misbehaviour]>([
        ['is busy', { kind: 'answer', status: 429 }],
        ['has a fault', { kind: 'answer', status: 500 }],
        ['cuts the line', { kind: 'reset' }],
        ['talks nonsense', { kind: 'accept-then-say', body: '{"numbers":7}' }],
      ])('is worth another try when the carrier %s', async (_, how) => {
        bench.simulator.misbehave(how, { times: 1 });
        await expect(search({ areaCode: '480' })).rejects.toBeInstanceOf(TransientFailure);
      });
    });

    describe('an order', () => {
      it('makes the number the account’s, and is found by its reference', async () => {
        const bought = await buy();
        expect(owned(bought.number)).toHaveLength(1);
        expect(await bench.carrier().findOrder(bought)).toMatchObject({ kind: 'bought', numberId: bought.numberId });
      });

      it('is not found before it was made, nor under another reference', async () => {
        const number = nextNumber();
        expect(await bench.carrier().findOrder({ number, reference: newId() })).toBeNull();
        await buy(number);
        expect(await bench.carrier().findOrder({ number, reference: newId() })).toBeNull();
      });

      it.each<[string, Misbehaviour]>([
        ['never comes', { kind: 'accept-then-hang' }],
        ['is a fault', { kind: 'accept-then-fail' }],
        ['breaks off', { kind: 'accept-then-reset' }],
        ['cannot be read', { kind: 'accept-then-say', body: '{"sorry":true}' }],
      ])('is found when its answer %s, and was made once', async (_, how) => {
        const order = { number: nextNumber(), reference: newId(), profileId: await profile() };
        const before = count(bench.isPurchase);
        bench.simulator.misbehave(how, { times: 1, where: bench.isPurchase });
        await expect(bench.carrier(impatient).order(order)).rejects.toBeInstanceOf(TransientFailure);
        await bench.simulator.settled();
        expect(await bench.carrier().findOrder(order)).toMatchObject({ kind: expect.stringMatching('bought|pending') });
        expect(count(bench.isPurchase) - before).toBe(1);
        expect(owned(order.number)).toHaveLength(1);
      });

      it('is asked for once and buys nothing when the carrier does not take it', async () => {
        const order = { number: nextNumber(), reference: newId(), profileId: await profile() };
        const before = count(bench.isPurchase);
        bench.simulator.misbehave({ kind: 'answer', status: 429, retryAfterSeconds: 1 }, { where: bench.isPurchase });
        await expect(bench.carrier().order(order)).rejects.toBeInstanceOf(TransientFailure);
        expect(count(bench.isPurchase) - before).toBe(1);
        expect(await bench.carrier().findOrder(order)).toBeNull();
      });

      it('is a final no, in words, when somebody else was faster', async () => {
        const order = { number: nextNumber(), reference: newId(), profileId: await profile() };
        bench.sellElsewhere(order.number);
        const failed = bench.carrier().order(order);
        await expect(failed).rejects.toBeInstanceOf(PermanentFailure);
        await expect(failed).rejects.toThrow(/[a-z]+ [a-z]+/i);
        await expect(failed).rejects.not.toThrow(order.number);
        expect(owned(order.number)).toEqual([]);
      });

      it('is worth another try where nobody listens', async () => {
        const nowhere = bench.carrier({ baseUrl: 'http://127.0.0.1:9' });
        const order = { number: austin, reference: newId(), profileId: 'profile' };
        await expect(nowhere.order(order)).rejects.toBeInstanceOf(TransientFailure);
        await expect(nowhere.findOrder(order)).rejects.toBeInstanceOf(TransientFailure);
      });
    });

    describe('the profile of a clinic', () => {
      it('is its own, and is found again when the clinic has another name', async () => {
        const orgId = newId();
        const first = await profile('Saguaro Clinic', orgId);
        expect(await profile('Saguaro Clinic', orgId)).toBe(first);
        expect(await profile('Saguaro Med Spa', orgId)).toBe(first);
        expect(await profile('Saguaro Clinic')).not.toBe(first);
      });

      it('is found when the answer to its making was lost', async () => {
        const orgId = newId();
        const before = count(bench.isProfileMade);
        bench.simulator.misbehave({ kind: 'accept-then-hang' }, { times: 1, where: bench.isProfileMade });
        const clinic = { orgId, clinicName: 'Saguaro Clinic' };
        await expect(bench.carrier(impatient).ensureProfile(clinic)).rejects.toBeInstanceOf(TransientFailure);
        const found = await profile('Saguaro Clinic', orgId);
        expect(await profile('Saguaro Clinic', orgId)).toBe(found);
        expect(count(bench.isProfileMade) - before).toBe(1);
      });
    });

    describe('setting a number up', () => {
      it('puts it on the profile, sends its calls to us and names it, however often', async () => {
        const { number, numberId } = await buy();
        const profileId = await profile();
        const name = `frontdesk ${newId()}`;
        await bench.carrier().configure({ number, numberId, profileId, name });
        const [first] = owned(number);
        expect(first).toMatchObject({ profileId, sendsCallsToUs: true, name: expect.stringContaining(name) });
        await bench.carrier().configure({ number, numberId, profileId, name });
        expect(owned(number)).toEqual([first]);
      });

      it('leaves the order findable', async () => {
        const bought = await buy();
        await bench.carrier().configure({ ...bought, name: 'frontdesk' });
        expect(await bench.carrier().findOrder(bought)).toMatchObject({ kind: 'bought', numberId: bought.numberId });
      });

      it('is a final no when the account has lost the number', async () => {
        const bought = await buy();
        bench.loseNumber(bought.number);
        const failed = bench.carrier().configure({ ...bought, name: 'frontdesk' });
        await expect(failed).rejects.toBeInstanceOf(PermanentFailure);
      });
    });

    describe('giving a number back', () => {
      it('takes it out of the account, once', async () => {
        const { number, numberId, profileId } = await buy();
        await bench.carrier().release({ number, numberId, profileId });
        expect(owned(number)).toEqual([]);
        await bench.carrier().release({ number, numberId, profileId });
      });

      it('finds the number by itself where its id is not known', async () => {
        const { number } = await buy();
        await bench.carrier().release({ number, numberId: null });
        expect(owned(number)).toEqual([]);
        await bench.carrier().release({ number, numberId: null });
      });

      it('is done when its answer was lost', async () => {
        const { number, numberId, profileId } = await buy(austin);
        bench.simulator.misbehave({ kind: 'accept-then-reset' }, { times: 1, where: bench.isRelease });
        const released = () => bench.carrier().release({ number, numberId, profileId });
        await expect(released()).rejects.toBeInstanceOf(TransientFailure);
        await released();
        expect(owned(number)).toEqual([]);
      });
    });
  });
}
