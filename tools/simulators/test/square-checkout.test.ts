import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { depositOf, startSquareBench, type SquareBench } from './square-bench.ts';

let bench: SquareBench;
beforeEach(async () => {
  bench = await startSquareBench();
});
afterEach(() => bench.stop());

const pageOf = async (url: string) => await (await fetch(url)).text();
const press = (url: string, action: 'pay' | 'decline') =>
  fetch(url, { method: 'POST', body: new URLSearchParams({ action }), redirect: 'manual' });

async function linkUrl(redirectUrl?: string): Promise<string> {
  const made = await bench.client.checkout.paymentLinks.create({
    ...depositOf(5000n),
    ...(redirectUrl === undefined ? {} : { checkoutOptions: { redirectUrl } }),
  });
  return made.paymentLink?.url ?? '';
}

describe('the page behind a payment link', () => {
  it('shows what is bought and what it costs', async () => {
    const page = await pageOf(await linkUrl());
    expect(page).toContain('Appointment deposit');
    expect(page).toContain('Pay $50.00');
    expect(page).toContain('name="viewport"');
  });

  it('takes the payment and thanks', async () => {
    const url = await linkUrl();
    const answer = await press(url, 'pay');
    expect(answer).toMatchObject({ status: 303 });
    expect(await pageOf(answer.headers.get('location') ?? '')).toContain('Payment complete');
    await bench.square.settled();
    expect(bench.events().map(({ type }) => type)).toEqual(['payment.created', 'payment.updated']);
    await press(url, 'pay');
    expect(bench.square.payments).toHaveLength(1);
  });

  it('leads back to the business when it gave an address', async () => {
    const answer = await press(await linkUrl('https://fd.example/done'), 'pay');
    expect(answer.headers.get('location')).toBe('https://fd.example/done');
  });

  it('says when the card was declined, and lets the payer try again', async () => {
    const answer = await press(await linkUrl(), 'decline');
    const page = await answer.text();
    expect(page).toContain('Your card was declined');
    expect(page).toContain('Pay $50.00');
    await bench.square.settled();
    expect(bench.events()).toMatchObject([{ type: 'payment.updated', payment: { status: 'FAILED' } }]);
  });

  it('is no longer available when the link was deleted, also to a page that was open', async () => {
    const url = await linkUrl();
    await bench.client.checkout.paymentLinks.delete({ id: bench.square.links[0]?.id ?? '' });
    expect(await pageOf(url)).toContain('no longer available');
    expect(await (await press(url, 'pay')).text()).toContain('no longer available');
    expect(bench.square.payments).toEqual([]);
  });

  it('is not found under another code', async () => {
    expect((await fetch(`${bench.square.apiUrl}/u/nope`)).status).toBe(404);
  });

  it('shows names as text', async () => {
    await bench.client.checkout.paymentLinks.create({
      quickPay: { name: '<b>"x"</b>', priceMoney: { amount: 100n, currency: 'USD' }, locationId: 'L1' },
    });
    expect(await pageOf(bench.square.links[0]?.url ?? '')).not.toContain('<b>');
  });
});
