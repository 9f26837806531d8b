import { demoClinic, seedClinic, type ClinicDefinition } from '@frontdesk/local-stack';
import { newId } from '@frontdesk/kernel';
import type pg from 'pg';

/** The keys that encrypt provider tokens in tests and on laptops. */
export const testTokenKeys: ReadonlyMap<string, Buffer> = new Map([['local-1', Buffer.alloc(32, 7)]]);

/** Seeds a clinic like the demo's, with ids and a number of its own, so that several live in one database. */
export async function createTestClinic(
  owner: pg.Pool,
  change: Partial<ClinicDefinition> = {},
): Promise<ClinicDefinition> {
  const fresh = new Map<string, string>();
  const renew = (id: string) => fresh.get(id) ?? fresh.set(id, newId()).get(id) ?? id;
  const number = `+1480${String(Math.floor(Math.random() * 8_000_000) + 2_000_000)}`;
  const clinic: ClinicDefinition = {
    ...demoClinic,
    id: newId(),
    location: { ...demoClinic.location, id: newId(), number },
    services: demoClinic.services.map((service) => ({ ...service, id: renew(service.id) })),
    practitioners: demoClinic.practitioners.map((practitioner) => ({
      ...practitioner,
      id: newId(),
      serviceIds: practitioner.serviceIds.map(renew),
    })),
    facts: demoClinic.facts.map((fact) => ({ ...fact, id: newId() })),
    staff: demoClinic.staff.map((member) => ({ ...member, id: newId() })),
    depositAccount: { merchantId: `ML-${number}`, squareLocationId: `LOC-${number}`, accessToken: `EAAA-${number}` },
    ...change,
  };
  await seedClinic(owner, clinic, testTokenKeys);
  // Tests tell of texts of any day.
  await owner.query("update phone_numbers set assigned_at = '2000-01-01T00:00:00Z' where e164 = $1", [
    clinic.location.number,
  ]);
  return clinic;
}
