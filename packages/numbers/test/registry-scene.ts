import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { TenantTransaction } from '@frontdesk/db';
import { parsePhoneNumber, present, type Id } from '@frontdesk/kernel';
import { medSpaBrand, medSpaCampaign } from '@frontdesk/testkit';
import {
  draftBrand,
  draftCampaign,
  makeAdvanceBrand,
  makeAdvanceCampaign,
  makeAdvanceCampaignNumber,
  submitBrand,
  submitCampaign,
} from '../src/index.ts';
import type { BrandDetails } from '../src/ports.ts';
import { findBrand, findCampaign } from '../src/postgres/index.ts';
import { scriptedRegistry } from './scripted-registry.ts';
import { openStage, type Stage } from './stage.ts';

export const phone = (text: string) => present(parsePhoneNumber(text), 'a number');
export const company: BrandDetails = { ...medSpaBrand, phone: phone(medSpaBrand.phone) };
export const submitted = { insisted: 'It is a test.', appeal: null };
let made = 0;
export const newId = () => `0199d5a0-0000-7000-8000-${String(++made).padStart(12, '0')}`;

export type Work<T> = (tx: TenantTransaction) => Promise<T>;

/** For each test a clinic, an empty registry, and the worker between them. */
export function registryScene() {
  let stage: Stage;
  let clinic: Awaited<ReturnType<Stage['clinic']>>;
  let at: ReturnType<typeof scriptedRegistry>;
  let look: ReturnType<Stage['engine']>;
  beforeAll(async () => {
    stage = await openStage();
  });
  beforeEach(async () => {
    clinic = await stage.clinic();
    at = scriptedRegistry();
    const { inTenant, openTask, closeTasks, clock } = stage;
    const ports = { inTenant, openTask, closeTasks, clock, registry: at.registry };
    look = stage.engine({
      'tendlc-brand': makeAdvanceBrand(ports),
      'tendlc-campaign': makeAdvanceCampaign(ports),
      'tendlc-number': makeAdvanceCampaignNumber(ports),
    });
    stage.tasks.splice(0);
  });
  afterAll(() => stage.close());

  const asked = (id: Id) => ({
    orgId: clinic.id,
    id,
    actor: 'api:olga',
    requestId: 'request-1',
    now: stage.clock(),
    contentOf: () => [],
  });
  const byHand = <T>(work: Work<T>) => stage.administration.inTenant(clinic.id, work);

  async function handInBrand(details = company): Promise<Id> {
    const id = newId();
    await byHand(async (tx) => {
      await draftBrand(tx, { ...asked(id), details });
      await submitBrand(tx, { ...asked(id), ...submitted });
    });
    return id;
  }
  async function handInCampaign(brand: Id): Promise<Id> {
    const id = newId();
    await byHand((tx) => draftCampaign(tx, { ...asked(id), brandId: brand, details: medSpaCampaign }));
    await byHand((tx) => submitCampaign(tx, { ...asked(id), ...submitted }));
    return id;
  }
  const lookAt = (id: Id) => look.lookAfter({ orgId: clinic.id, id });
  /** The next look, after `minutes`. */
  async function later(id: Id, minutes = 24 * 60) {
    stage.pass({ minutes });
    await lookAt(id);
  }
  const brandNow = async (id: Id) =>
    present(await byHand((tx) => findBrand(tx, { orgId: clinic.id, id })), 'the brand');
  const campaignNow = async (id: Id) =>
    present(await byHand((tx) => findCampaign(tx, { orgId: clinic.id, id })), 'the campaign');
  const taskReasons = () => stage.tasks.map(({ reason }) => reason);

  /** A verified brand whose campaign is live. */
  async function liveCampaign(): Promise<{ brand: Id; campaign: Id }> {
    at.sayOfBrand({ status: 'ok', identity: 'VERIFIED' });
    const brand = await handInBrand();
    await lookAt(brand);
    at.sayOfCampaign({ status: 'MNO_PROVISIONED' });
    const campaign = await handInCampaign(brand);
    await lookAt(campaign);
    if ((await campaignNow(campaign)).state !== 'live') throw new Error('the campaign is not live');
    return { brand, campaign };
  }

  return {
    get stage() {
      return stage;
    },
    get clinic() {
      return clinic;
    },
    get at() {
      return at;
    },
    asked,
    byHand,
    handInBrand,
    handInCampaign,
    lookAt,
    later,
    brandNow,
    campaignNow,
    taskReasons,
    liveCampaign,
  };
}
