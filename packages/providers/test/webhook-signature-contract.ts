import { expect, it } from '@jest/globals';
import type { SignatureVerdict, WebhookHeaders } from '@frontdesk/providers/telnyx-webhooks';

/** A webhook as it was posted. */
export type Posted = { url: string; headers: WebhookHeaders; body: string };

/** The verdict under this key, the account's own when left out; `other` is one that signs nothing. */
export type VerifyPosted = (
  webhook: Posted,
  keys?: (own: string, other: string) => string,
) => Promise<SignatureVerdict>;

/** What the desk may rely on with whatever a carrier signs. `received`: a webhook with `Hello` in it. */
export function itSignsWebhooks({ verify, received }: { verify: VerifyPosted; received: () => Promise<Posted> }): void {
  it('is wrong for another body, and for another key', async () => {
    const webhook = await received();
    expect(await verify({ ...webhook, body: webhook.body.replace('Hello', 'Hullo') })).toBe('invalid');
    expect(await verify(webhook, (_, other) => other)).toBe('invalid');
  });

  it('is right under the old and the new key while the key is rotated', async () => {
    const webhook = await received();
    expect(await verify(webhook, (own, other) => `${own},${other}`)).toBe('valid');
    expect(await verify(webhook, (own, other) => `${other}, ${own}`)).toBe('valid');
  });

  it('is missing when the headers are', async () => {
    expect(await verify({ ...(await received()), headers: {} })).toBe('missing');
  });
}
