import { plainPunctuation } from './plain-punctuation.ts';

/** What the carrier is handed: plain punctuation, and from a number that the person has never seen, who it is. */
export function wordingAtCarrier(
  body: string,
  { isStandIn, clinicName }: { isStandIn: boolean; clinicName: string },
): string {
  const plain = plainPunctuation(body);
  if (!isStandIn || plain.toLowerCase().includes(plainPunctuation(clinicName).toLowerCase())) return plain;
  return `${plainPunctuation(clinicName)}: ${plain}`;
}
