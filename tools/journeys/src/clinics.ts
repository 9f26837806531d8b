import { newId } from '@frontdesk/kernel';
import { demoClinic, type ClinicDefinition } from '@frontdesk/local-stack';

/** A clinic like the demo's with ids, a number and a Square account of its own. `n` is below 100. */
export function clinicNumber(n: number, change: Partial<ClinicDefinition> = {}): ClinicDefinition {
  const ids = new Map(demoClinic.services.map(({ id }) => [id, newId()]));
  const own = (id: string) => ids.get(id) ?? id;
  const digits = String(n).padStart(2, '0');
  return {
    ...demoClinic,
    id: newId(),
    name: `${demoClinic.name} ${n}`,
    location: { ...demoClinic.location, id: newId(), number: `+148055588${digits}`, messagingProfileId: newId() },
    services: demoClinic.services.map((service) => ({ ...service, id: own(service.id) })),
    practitioners: demoClinic.practitioners.map((practitioner) => ({
      ...practitioner,
      id: newId(),
      serviceIds: practitioner.serviceIds.map(own),
    })),
    facts: demoClinic.facts.map((fact) => ({ ...fact, id: newId() })),
    staff: [{ id: newId(), name: 'Maya', phone: `+148055577${digits}` }],
    depositAccount: {
      merchantId: `ML-${digits}`,
      squareLocationId: `LOC-${digits}`,
      accessToken: `EAAA-local-${digits}`,
    },
    ...change,
  };
}
