import type { PhoneCarrier } from '@frontdesk/contracts';

/** What carriers answer when the number that a text left from is not registered. */
const codes: Readonly<Record<PhoneCarrier, ReadonlySet<string>>> = {
  telnyx: new Set(['40010', '40329', '40330']),
  twilio: new Set(['30034', '30032']),
};

/** Whether a carrier refuses texts of this number because it is not registered. */
export function isRefusedForRegistration(carrier: string, code: string): boolean {
  return (carrier === 'telnyx' || carrier === 'twilio') && codes[carrier].has(code);
}

/** What the tasks of a number that carriers refuse begin with; they end when its campaign takes it. */
export const refusedCause = (number: string): string => `tendlc-refused:${number}`;

/** The task that staff get once for a number, until it is in another campaign. */
export function registrationTask({ number, campaign }: { number: string; campaign: string | null }): {
  causeKey: string;
  reason: string;
} {
  return {
    causeKey: `${refusedCause(number)}:${campaign ?? 'none'}`,
    reason: `Carriers refuse texts from ${number}, since it is not registered with them. Receiving texts and noticing missed calls still work. The page on registration (GET /admin/tendlc/status) says what is missing.`,
  };
}
