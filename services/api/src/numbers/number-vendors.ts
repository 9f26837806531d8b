import type { PhoneCarrier } from '@frontdesk/contracts';
import type { CountCode, HostedNumbers, NumberCarrier, TenDlcRegistry } from '@frontdesk/numbers/ports';
import { Problem } from '../contract/problems.ts';

/** What the administration asks carriers itself: what is for sale, what can be hosted, and codes. The worker does the rest. */
export type NumberVendors = {
  carriers: ReadonlyMap<PhoneCarrier, Pick<NumberCarrier, 'search'>>;
  hosted: Pick<HostedNumbers, 'checkEligibility' | 'sendCode' | 'confirmCode'> | null;
  registry: Pick<TenDlcRegistry, 'sendOwnerCode' | 'confirmOwnerCode'> | null;
  countCode: CountCode;
};

export const noNumberVendors: NumberVendors = {
  carriers: new Map(),
  hosted: null,
  registry: null,
  countCode: async () => ({ kind: 'yes' }),
};

/** @throws Problem when the desk is not connected to it */
export function carrierAt({ carriers }: NumberVendors, name: PhoneCarrier): Pick<NumberCarrier, 'search'> {
  const carrier = carriers.get(name);
  if (carrier !== undefined) return carrier;
  const [other] = carriers.keys();
  throw new Problem(
    'not-connected',
    other === undefined
      ? 'The desk is connected to no carrier: whoever runs it has to give the api TELNYX_API_KEY, or TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN.'
      : `The desk is not connected to ${name}. Ask for numbers of ${other}.`,
  );
}

/** @throws Problem when the desk is not connected to Telnyx, which alone hosts */
export function hostAt({ hosted }: NumberVendors): NonNullable<NumberVendors['hosted']> {
  if (hosted !== null) return hosted;
  throw new Problem(
    'not-connected',
    'Lines are hosted by Telnyx, to which the desk is not connected: whoever runs it has to give the api TELNYX_API_KEY.',
  );
}

/** @throws Problem when the desk is not connected to Telnyx, which alone leads to the registry */
export function registryAt({ registry }: NumberVendors): NonNullable<NumberVendors['registry']> {
  if (registry !== null) return registry;
  throw new Problem(
    'not-connected',
    'The registry is reached through Telnyx, to which the desk is not connected: whoever runs it has to give the api TELNYX_API_KEY.',
  );
}
