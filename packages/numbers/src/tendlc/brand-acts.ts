import type { TenantTransaction } from '@frontdesk/db';
import { present } from '@frontdesk/kernel';
import type { BrandDetails } from '../ports.ts';
import { changeBrand, findBrand, insertBrand, markBrandSubmitted } from '../postgres/tendlc/brands.ts';
import { mayMendBrand, maySubmitBrand, type Brand } from './brand.ts';
import { findingsOfBrand, type ContentOf } from './findings.ts';
import { askWorker, audit, blocks, type Asked, type NotDone } from './hand-in.ts';
import type { Finding } from './lint/lint.ts';

const subject = 'tendlc_brand';

export type BrandDone = { kind: 'done'; brand: Brand; findings: readonly Finding[] };

/** Keeps a draft, with what the registry would say to it. */
export async function draftBrand(
  tx: TenantTransaction,
  asked: Asked & { details: BrandDetails; contentOf: ContentOf },
): Promise<BrandDone> {
  await insertBrand(tx, asked);
  await audit(tx, asked, { subject, action: 'drafted' });
  return done(tx, asked);
}

/** Without an EIN the one that is kept stays: nobody can read it to give it again. */
type MendedDetails = Omit<BrandDetails, 'ein'> & { ein: string | null | undefined };

/** Keeps other details. What the registry has changes when they are submitted. */
export async function mendBrand(
  tx: TenantTransaction,
  asked: Asked & { details: MendedDetails; contentOf: ContentOf },
): Promise<BrandDone | NotDone> {
  const brand = await findBrand(tx, { ...asked, lock: true });
  if (brand === null) return { kind: 'not-found' };
  if (!mayMendBrand(brand.state))
    return { kind: 'not-now', words: 'The registry is looking at it: wait for its word.' };
  const { ein = brand.details.ein, ...details } = asked.details;
  await changeBrand(tx, { ...asked, details: { ...details, ein } });
  await audit(tx, asked, { subject, action: 'changed' });
  return done(tx, asked);
}

/** Hands a brand in, or what was changed of it; what would surely be turned away only when the owner insists. */
export async function submitBrand(
  tx: TenantTransaction,
  asked: Asked & { insisted: string | null; contentOf: ContentOf },
): Promise<BrandDone | NotDone> {
  const brand = await findBrand(tx, { ...asked, lock: true });
  if (brand === null) return { kind: 'not-found' };
  if (!maySubmitBrand(brand)) {
    return { kind: 'not-now', words: whyNotSubmitted(brand) };
  }
  const { details } = brand;
  const findings = await findingsOfBrand(tx, { details, butBrand: brand.id, contentOf: asked.contentOf });
  if (blocks(findings, asked.insisted)) return { kind: 'findings', findings };
  await markBrandSubmitted(tx, asked);
  await askWorker(tx, { ...asked, subject: 'tendlc-brand' });
  const codes = findings.map(({ code }) => code);
  await audit(tx, asked, {
    subject,
    action: 'submitted',
    details: { insisted: asked.insisted !== null, findings: codes },
  });
  return done(tx, asked);
}

function whyNotSubmitted({ state }: Brand): string {
  if (state === 'code-wanted')
    return 'The registry has it as it is, and waits for the code: have it sent and enter it.';
  return mayMendBrand(state)
    ? 'The registry has it as it is: change what it names first.'
    : 'It has been submitted: wait for the registry’s word.';
}

async function done(
  tx: TenantTransaction,
  { contentOf, ...asked }: Asked & { contentOf: ContentOf },
): Promise<BrandDone> {
  const brand = present(await findBrand(tx, asked), 'the brand just written');
  const findings = await findingsOfBrand(tx, { details: brand.details, butBrand: brand.id, contentOf });
  return { kind: 'done', brand, findings };
}
