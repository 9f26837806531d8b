/**
 * The key of the lock under which a person's consent to a clinic is changed: whoever decides by what holds now takes it before
 * reading, whoever records a wish takes it before writing, so that neither is undone by what was decided without it.
 */
export function consentLock({ orgId, phone }: { orgId: string; phone: string }): string {
  return `consent:${orgId}:${phone}`;
}
