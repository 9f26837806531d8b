import { present } from '@frontdesk/kernel';
import type pg from 'pg';
import type { Addressee, Clinic } from '../acceptance/webhook.ts';
import { clinicsAt, type Place } from './clinics-at.ts';

/** Finds the clinic of each addressee, in their order; null where it is no clinic's. */
export type FindClinics = (addressees: readonly Addressee[]) => Promise<(Clinic | null)[]>;

/** A number that went to another clinic is followed after this long; a number that is new, at once. */
const rememberForMs = 1_000;
const rememberAtMost = 10_000;

/** Looks clinics up before any tenant is known, and remembers the answers for a moment. */
export function createClinicFinder(pool: pg.Pool): FindClinics {
  const remembered = new Map<string, { clinic: Clinic; until: number }>();

  const recall = (key: string): Clinic | undefined => {
    const entry = remembered.get(key);
    if (entry !== undefined && entry.until > performance.now()) return entry.clinic;
    remembered.delete(key);
    return undefined;
  };
  const remember = (key: string, clinic: Clinic) => {
    if (remembered.size >= rememberAtMost) remembered.clear();
    remembered.set(key, { clinic, until: performance.now() + rememberForMs });
  };

  return async (addressees) => {
    const wanted = new Map(addressees.flatMap(placesOf).map((place) => [place.key, place]));
    const known = new Map<string, Clinic>();
    for (const key of wanted.keys()) {
      const clinic = recall(key);
      if (clinic !== undefined) known.set(key, clinic);
    }
    const places = [...wanted.values()].filter(({ key }) => !known.has(key));
    for (const [key, clinic] of await clinicsAt(pool, places)) {
      known.set(key, clinic);
      remember(key, clinic);
    }
    return addressees.map((addressee) => {
      const found = placesOf(addressee).find(({ key }) => known.has(key));
      return found === undefined ? null : present(known.get(found.key), 'the clinic just found');
    });
  };
}

function placesOf(addressee: Addressee): Place[] {
  switch (addressee.by) {
    case 'number':
      return addressee.numbers.map((number) => ({ by: 'number', key: number, number }));
    case 'whatsapp': {
      const { phoneNumberId } = addressee;
      return [{ by: 'whatsapp', key: `whatsapp ${phoneNumberId}`, phoneNumberId }];
    }
    case 'whatsapp-number': {
      const { number } = addressee;
      return [{ by: 'whatsapp-number', key: `whatsapp ${number}`, number }];
    }
    case 'registration': {
      const { provider, subject, externalId } = addressee;
      return [{ by: 'registration', key: `${provider} ${subject} ${externalId}`, provider, subject, externalId }];
    }
    case 'square': {
      const { merchantId: merchant, locationId: location } = addressee;
      return location === null ? [] : [{ by: 'square', key: `square ${merchant} ${location}`, merchant, location }];
    }
    default:
      return addressee satisfies never;
  }
}
