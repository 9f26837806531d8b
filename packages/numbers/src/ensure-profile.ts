import type { PhoneCarrier } from '@frontdesk/contracts';
import { NotFound, PermanentFailure, type Id } from '@frontdesk/kernel';
import type { NumberPorts } from './number-ports.ts';
import { keepProfile, readProfile } from './postgres/carrier-profiles.ts';
import type { NumberCarrier } from './ports.ts';

/** @throws PermanentFailure when the desk is not connected to the carrier */
export function carrierOf({ carriers }: Pick<NumberPorts, 'carriers'>, name: PhoneCarrier): NumberCarrier {
  const carrier = carriers.get(name);
  if (carrier !== undefined) return carrier;
  throw new PermanentFailure(`The desk is not connected to ${nameOf(name)}.`);
}

export const nameOf = (carrier: PhoneCarrier): string => (carrier === 'telnyx' ? 'Telnyx' : 'Twilio');

/** The clinic's own profile at the carrier, which nobody else's numbers are on; made when there is none. */
export async function ensureProfile(
  ports: Pick<NumberPorts, 'inTenant' | 'carriers' | 'clock'>,
  { orgId, carrier }: { orgId: Id; carrier: PhoneCarrier },
): Promise<string> {
  const known = await ports.inTenant(orgId, (tx) => readProfile(tx, { orgId, carrier }));
  if (known === null) throw new NotFound(`the clinic ${orgId} is not known`);
  if (known.profileId !== null) return known.profileId;
  const { clinicName } = known;
  const { profileId } = await carrierOf(ports, carrier).ensureProfile({ orgId, clinicName });
  const now = ports.clock();
  return ports.inTenant(orgId, (tx) => keepProfile(tx, { orgId, carrier, profileId, now }));
}
