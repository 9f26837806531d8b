import type { BrandDetails, BrandStanding, TenDlcRegistry } from '@frontdesk/numbers/ports';
import type { AskTelnyx } from '../ask.ts';
import { listAll } from '../list-all.ts';
import { anything } from '../numbers/schemas.ts';
import { brandBody } from './brand-body.ts';
import { referenceIn, withReference } from './reference-url.ts';
import { brandAnswer, brandFeedback, brandRecords, reasonsOf, vettings, type WireBrand } from './schemas.ts';

const perPage = 100;

type Brands = Pick<TenDlcRegistry, 'findBrand' | 'submitBrand' | 'readBrand' | 'updateBrand'>;

/**
 * Brands at the registry. It keeps no reference of ours, so the address of the brand's events carries it; a brand without one,
 * made by hand, is known by its name and its tax number.
 */
export function brandsAt(ask: AskTelnyx, webhookUrl: string): Brands {
  const read = (brandId: string) =>
    ask.orNull('read the brand', brandAnswer, (client, options) =>
      client.messaging10dlc.brand.retrieve(brandId, options),
    );

  return {
    async findBrand({ reference, details }) {
      const rows = await listAll('brands', async (page) => {
        const records = await ask('list the brands', brandRecords, (client, options) =>
          client.get('/10dlc/brand', {
            ...options,
            query: { displayName: details.displayName, page, recordsPerPage: perPage },
          }),
        );
        return { rows: records, isLast: records.length < perPage };
      });
      const named = rows.filter((row) => sameWords(row.displayName, details.displayName));
      let byHand: WireBrand | null = null;
      for (const { brandId } of named) {
        const brand = await read(brandId);
        if (brand === null) continue;
        const theirs = referenceIn(brand.webhookURL);
        if (theirs === reference) return standingOf(ask, brand);
        if (theirs === null && isOfSamePerson(brand, details)) byHand ??= brand;
      }
      return byHand === null ? null : standingOf(ask, byHand);
    },

    async submitBrand({ reference, details }) {
      const brand = await ask('register the brand', brandAnswer, (client, options) =>
        client.messaging10dlc.brand.create(brandBody(details, withReference(webhookUrl, reference)), options),
      );
      return standingOf(ask, brand);
    },

    async readBrand(externalId) {
      const brand = await read(externalId);
      return brand === null ? null : standingOf(ask, brand);
    },

    async updateBrand({ externalId, details }) {
      // The whole brand is replaced, its address with our reference among the rest.
      const address = (await read(externalId))?.webhookURL ?? null;
      const brand = await ask('mend the brand', brandAnswer, (client, options) =>
        client.messaging10dlc.brand.update(externalId, brandBody(details, address), options),
      );
      // A registration that failed is looked at anew by itself; an identity that was not found has to be asked for, unless a code shows it.
      if (brand.status === 'OK' && brand.identityStatus === 'UNVERIFIED' && details.entityType !== 'SOLE_PROPRIETOR') {
        await ask('look at the brand again', anything, (client, options) =>
          client.messaging10dlc.brand.revet(externalId, options),
        );
      }
      return standingOf(ask, brand);
    },
  };
}

const statuses: Readonly<Record<string, BrandStanding['status']>> = { OK: 'ok', REGISTRATION_FAILED: 'failed' };

async function standingOf(ask: AskTelnyx, brand: WireBrand): Promise<BrandStanding> {
  const status = statuses[brand.status ?? ''] ?? 'pending';
  const identity = brand.identityStatus ?? null;
  const own = reasonsOf(brand.failureReasons);
  return {
    externalId: brand.brandId,
    status,
    identity,
    score: status === 'ok' ? await scoreOf(ask, brand.brandId) : null,
    reasons: own.length === 0 && identity === 'UNVERIFIED' ? await feedbackOn(ask, brand.brandId) : own,
  };
}

/** The score of the newest vetting. */
async function scoreOf(ask: AskTelnyx, brandId: string): Promise<number | null> {
  const found = await ask.orNull('read the vettings of the brand', vettings, (client, options) =>
    client.messaging10dlc.brand.externalVetting.list(brandId, options),
  );
  const scored = (found ?? []).filter(({ vettingScore }) => typeof vettingScore === 'number');
  const newest = scored.toSorted((a, b) => (b.vettedDate ?? '').localeCompare(a.vettedDate ?? ''))[0];
  return newest?.vettingScore ?? null;
}

async function feedbackOn(ask: AskTelnyx, brandId: string): Promise<string[]> {
  const found = await ask.orNull('say why the brand is not verified', brandFeedback, (client, options) =>
    client.messaging10dlc.brand.getFeedback(brandId, options),
  );
  return (found?.category ?? []).flatMap(({ description, displayName }) => description ?? displayName ?? []);
}

function isOfSamePerson(brand: WireBrand, { ein, mobilePhone }: BrandDetails): boolean {
  if (ein !== null) return digits(brand.ein) === digits(ein);
  return mobilePhone !== null && digits(brand.mobilePhone) === digits(mobilePhone);
}

const digits = (value: string | null | undefined) => (value ?? '').replaceAll(/\D/g, '');

function sameWords(a: string | null | undefined, b: string): boolean {
  return (a ?? '').trim().toLowerCase() === b.trim().toLowerCase();
}
