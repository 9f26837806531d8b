import type { Id } from '@frontdesk/kernel';

const parameter = 'reference';

/** The address of events, with our reference in it. */
export function withReference(webhookUrl: string, reference: Id): string {
  const url = new URL(webhookUrl);
  url.searchParams.set(parameter, reference);
  return url.href;
}

/** Null where there is none. */
export function referenceIn(webhookUrl: string | null | undefined): string | null {
  if (webhookUrl === null || webhookUrl === undefined || !URL.canParse(webhookUrl)) return null;
  return new URL(webhookUrl).searchParams.get(parameter);
}
