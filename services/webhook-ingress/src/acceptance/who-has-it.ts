import { clockTolerance, type Addressed, type Clinic, type Webhook } from './webhook.ts';

/** A webhook that is no clinic's. `parkedReason`: why nobody got it, for people; null when the desk would ignore it anyway. */
export type Orphan = { webhook: Webhook; parkedReason: string | null };

/** Who gets a webhook: the clinic that has its number, unless what it tells of happened before the number was the clinic's. */
export function whoHasIt(webhook: Webhook, clinic: Clinic | null): Addressed | Orphan {
  if (clinic === null) return { webhook, parkedReason: whyNobody(webhook) };
  if (!wasBefore(webhook, clinic)) return { ...webhook, clinic };
  return { webhook, parkedReason: 'it is from before the clinic had the number' };
}

export const isAddressed = (placed: Addressed | Orphan): placed is Addressed => 'clinic' in placed;
export const isOrphan = (placed: Addressed | Orphan): placed is Orphan => !isAddressed(placed);

function wasBefore({ content, occurredAt }: Webhook, { since }: Clinic): boolean {
  if (since === null) return false;
  if (content.kind !== 'text' && content.kind !== 'call') return false;
  const at = (content.kind === 'text' ? content.receivedAt : content.at) ?? occurredAt;
  // A number is written down a moment after it works, too.
  return Temporal.Instant.compare(at.add(clockTolerance), since) < 0;
}

function whyNobody({ content, addressee }: Webhook): string | null {
  if (content.kind === 'ignored') return null;
  switch (addressee.by) {
    case 'number':
      return 'no clinic has the number that it was sent to';
    case 'whatsapp':
    case 'whatsapp-number':
      return 'no clinic has this number on WhatsApp';
    case 'registration':
      return 'no clinic asked the provider for this';
    case 'square':
      return 'no clinic has this Square merchant and location';
    default:
      return addressee satisfies never;
  }
}
