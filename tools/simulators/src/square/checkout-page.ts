import type { SimulatedLink, WireMoney } from './types.ts';

export type CheckoutNotice = 'declined' | null;

/** The page behind a link, as the sandbox has one: what is bought, and two buttons. */
export function checkoutPage(link: SimulatedLink | null, notice: CheckoutNotice = null): string {
  if (link === null) return page('Not found', message('We can’t find this page', 'Check the link and try again.'));
  if (link.paid) {
    return page('Paid', message('Payment complete', `You paid ${format(link.order.total_money)}. Thank you!`, 'done'));
  }
  if (link.deleted) {
    return page('Not available', message('This link is no longer available', 'Ask the business for a new one.'));
  }
  return page('Checkout', checkout(link, notice));
}

function checkout(link: SimulatedLink, notice: CheckoutNotice): string {
  const total = format(link.order.total_money);
  const items = link.order.line_items.map(
    ({ name, quantity, base_price_money }) =>
      `<li><span>${escapeHtml(name ?? 'Item')}${quantity === '1' ? '' : ` × ${escapeHtml(quantity)}`}</span><span>${format({ ...base_price_money, amount: base_price_money.amount * Number(quantity) })}</span></li>`,
  );
  const declined =
    notice === 'declined' ? '<p class="declined" role="alert">Your card was declined. Nothing was charged.</p>' : '';
  return `${declined}
    <p class="label">Amount due</p>
    <h1>${total}</h1>
    <ul>${items.join('')}<li class="total"><span>Total</span><span>${total}</span></li></ul>
    <p class="card"><span>Card</span><span>4111 1111 1111 1111</span></p>
    <form method="post">
      <button class="pay" name="action" value="pay">Pay ${total}</button>
      <button class="decline" name="action" value="decline">Decline this card</button>
    </form>`;
}

function message(title: string, text: string, kind = ''): string {
  return `<div class="message ${kind}"><h2>${title}</h2><p>${text}</p></div>`;
}

function format({ amount, currency }: WireMoney): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(amount / 100);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <p class="banner">Sandbox checkout: no real money moves</p>
      <section>${body}</section>
    </main>
  </body>
</html>`;
}

const STYLE = `
  * { box-sizing: border-box; margin: 0 }
  body { font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; color: #1b1f24; background: #f3f4f6; padding: 24px 16px }
  main { max-width: 420px; margin: 0 auto }
  section { background: #fff; border-radius: 16px; padding: 28px 24px; box-shadow: 0 1px 3px #0001, 0 8px 24px #0000000d }
  .banner { text-align: center; font-size: 13px; color: #57606a; margin-bottom: 16px }
  .label { font-size: 14px; color: #57606a }
  h1 { font-size: 40px; line-height: 1.2; letter-spacing: -.02em; margin-bottom: 20px }
  h2 { font-size: 22px; margin-bottom: 6px }
  ul { list-style: none; padding: 0; margin-bottom: 20px }
  li, .card { display: flex; justify-content: space-between; gap: 16px; padding: 10px 0; border-top: 1px solid #eaecef }
  .total { font-weight: 600 }
  .card { border: 1px solid #d0d7de; border-radius: 10px; padding: 12px 14px; margin-bottom: 20px; font-variant-numeric: tabular-nums }
  button { width: 100%; padding: 14px; border: 0; border-radius: 10px; font: inherit; font-weight: 600; cursor: pointer }
  button:focus-visible { outline: 3px solid #80b3ff; outline-offset: 2px }
  .pay { background: #0b5fff; color: #fff }
  .pay:hover { background: #004be0 }
  .decline { background: none; color: #57606a; margin-top: 8px; font-weight: 500 }
  .decline:hover { background: #f3f4f6 }
  .declined { background: #fff1f0; color: #a40e26; border-radius: 10px; padding: 12px 14px; margin-bottom: 20px }
  .message { text-align: center; padding: 24px 0 }
  .message p { color: #57606a }
  .done h2::before { content: '✓'; display: block; width: 56px; height: 56px; line-height: 56px; margin: 0 auto 16px; border-radius: 50%; background: #dafbe1; color: #116329 }
`;
