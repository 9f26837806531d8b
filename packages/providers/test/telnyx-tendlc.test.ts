import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { Declined, newId, parsePhoneNumber, PermanentFailure, present, TransientFailure } from '@frontdesk/kernel';
import type { BrandDetails, CampaignDetails } from '@frontdesk/numbers/ports';
import { telnyxOwnerCodes, telnyxTenDlc } from '@frontdesk/providers/telnyx';
import { readTelnyxEvent } from '@frontdesk/providers/telnyx-webhooks';
import { startTelnyxSimulator, type Misbehaviour, type TelnyxSimulator } from '@frontdesk/simulators';

const publicWebhookUrl = 'http://127.0.0.1:9';
const phone = (text: string) => present(parsePhoneNumber(text), 'the number');
const own = phone('+14805550100');
const other = phone('+14805550101');
let telnyx: TelnyxSimulator;
beforeAll(async () => {
  telnyx = await startTelnyxSimulator({ numbers: { [own]: 'profile-1', [other]: 'profile-1' }, retryGapsMs: [] });
});
afterEach(() => telnyx.behave());
afterAll(() => telnyx.stop());

const registry = () => telnyxTenDlc({ apiKey: 'KEY', baseUrl: telnyx.apiUrl, timeoutMs: 10_000, publicWebhookUrl });

const company: BrandDetails = {
  entityType: 'PRIVATE_PROFIT',
  legalName: 'Saguaro Aesthetics LLC',
  displayName: 'Saguaro Clinic',
  ein: '12-3456789',
  email: 'owner@saguaro.example',
  phone: own,
  website: 'https://saguaro.example',
  street: '1 Main St',
  city: 'Scottsdale',
  state: 'AZ',
  postalCode: '85251',
  vertical: 'HEALTHCARE',
  firstName: null,
  lastName: null,
  mobilePhone: null,
  stockSymbol: null,
  stockExchange: null,
};
const texting: CampaignDetails = {
  usecase: 'LOW_VOLUME',
  description: 'Appointment questions, confirmations and reminders of a clinic.',
  messageFlow: 'People agree on https://saguaro.example/book by a box that is not ticked beforehand.',
  samples: ['Saguaro Clinic: your visit is Tuesday at 3 PM. Reply STOP to opt out.', 'Saguaro Clinic: see you soon.'],
  optInMessage: 'Saguaro Clinic: you will get texts about your visits.',
  optOutMessage: 'Saguaro Clinic: you will get no more texts.',
  helpMessage: 'Saguaro Clinic: call +14805550100.',
  optInKeywords: ['START', 'YES'],
  optOutKeywords: ['STOP', 'OPT OUT'],
  helpKeywords: ['HELP'],
  privacyPolicyUrl: 'https://saguaro.example/privacy',
  termsUrl: 'https://saguaro.example/terms',
  embeddedLink: false,
  embeddedPhone: true,
  ageGated: false,
};
const reasons = [{ fields: ['ein'], description: 'Invalid EIN' }];

const submitBrand = (details = company) => registry().submitBrand({ reference: newId(), details });

async function registeredBrand() {
  const { externalId } = await submitBrand();
  telnyx.approveBrand(externalId, { score: 60 });
  return externalId;
}

async function submitCampaign() {
  const brandExternalId = await registeredBrand();
  const reference = newId();
  const standing = await registry().submitCampaign({ reference, brandExternalId, details: texting });
  return { brandExternalId, reference, ...standing };
}

describe.each([
  ['bare', false],
  ['wrapped in data', true],
])('the registry with its answers %s', (_, wrapped) => {
  beforeAll(() => telnyx.wrapTenDlcAnswers(wrapped));

  it('takes a brand, and finds it by our reference', async () => {
    const reference = newId();
    const details = { ...company, displayName: `Saguaro ${reference}` };
    expect(await registry().findBrand({ reference, details })).toBeNull();
    const submitted = await registry().submitBrand({ reference, details });
    expect(submitted).toMatchObject({ status: 'pending', identity: null, score: null, reasons: [] });
    expect(await registry().findBrand({ reference, details })).toEqual(submitted);
    expect(await registry().findBrand({ reference: newId(), details })).toBeNull();
  });

  it('says of a brand whether it is registered, verified and what it scores', async () => {
    const { externalId } = await submitBrand();
    telnyx.approveBrand(externalId);
    expect(await registry().readBrand(externalId)).toMatchObject({ status: 'ok', identity: 'VERIFIED', score: null });
    telnyx.vetBrand(externalId, 75);
    expect(await registry().readBrand(externalId)).toMatchObject({ identity: 'VETTED_VERIFIED', score: 75 });
    expect(await registry().readBrand(newId())).toBeNull();
  });

  it('says why a brand failed, or is not verified', async () => {
    const { externalId } = await submitBrand();
    telnyx.failBrand(externalId, reasons);
    expect(await registry().readBrand(externalId)).toMatchObject({ status: 'failed', reasons: ['Invalid EIN'] });
    telnyx.approveBrand(externalId, { identity: 'UNVERIFIED', reasons });
    expect(await registry().readBrand(externalId)).toMatchObject({ status: 'ok', reasons: ['Invalid EIN'] });
  });

  it('takes a campaign, and finds it by our reference', async () => {
    const { reference, brandExternalId, ...submitted } = await submitCampaign();
    expect(submitted).toMatchObject({ status: 'TCR_PENDING', reasons: [] });
    expect(await registry().findCampaign({ reference, brandExternalId })).toEqual(submitted);
    expect(await registry().findCampaign({ reference: newId(), brandExternalId })).toBeNull();
    telnyx.approveCampaign(submitted.externalId);
    expect(await registry().readCampaign(submitted.externalId)).toMatchObject({ status: 'MNO_PROVISIONED' });
    expect(await registry().readCampaign(newId())).toBeNull();
  });

  it('puts a number into a campaign, once, moves it and takes it out', async () => {
    const first = await submitCampaign();
    const second = await submitCampaign();
    await registry().assignNumber({ number: own, campaignExternalId: first.externalId });
    await telnyx.settled();
    const again = await registry().assignNumber({ number: own, campaignExternalId: first.externalId });
    expect(again).toEqual({ status: 'added', reason: null });
    await registry().assignNumber({ number: own, campaignExternalId: second.externalId });
    expect(await registry().readNumber(own)).toMatchObject({ campaignExternalId: second.externalId });
    await registry().removeNumber(own);
    await registry().removeNumber(own);
    expect(await registry().readNumber(own)).toBeNull();
  });
});

describe('a brand', () => {
  it('that was registered by hand is known by its name and tax number', async () => {
    const details = { ...company, displayName: 'By Hand LLC' };
    const body = JSON.stringify({
      ...details,
      country: 'US',
      companyName: details.legalName,
      ein: '123456789',
      ...plain,
    });
    await fetch(`${telnyx.apiUrl}/10dlc/brand`, { method: 'POST', headers: { authorization: 'Bearer KEY' }, body });
    expect(await registry().findBrand({ reference: newId(), details })).toMatchObject({ status: 'pending' });
    const foreign = { ...details, ein: '98-7654321' };
    expect(await registry().findBrand({ reference: newId(), details: foreign })).toBeNull();
  });

  it.each<[string, Misbehaviour]>([
    ['breaks off', { kind: 'accept-then-reset' }],
    ['is a fault', { kind: 'accept-then-fail' }],
    ['cannot be read', { kind: 'accept-then-say', body: '[]' }],
  ])('is submitted once, and found, when the answer %s', async (_, how) => {
    const brand = { reference: newId(), details: company };
    const before = telnyx.brands().length;
    telnyx.misbehave(how, { times: 1 });
    await expect(registry().submitBrand(brand)).rejects.toBeInstanceOf(TransientFailure);
    expect(telnyx.brands().length - before).toBe(1);
    expect(await registry().findBrand(brand)).toMatchObject({ externalId: telnyx.brands().at(-1)?.id });
  });

  it('is mended where it is, keeps our reference, and is looked at anew', async () => {
    const reference = newId();
    const { externalId } = await registry().submitBrand({ reference, details: company });
    telnyx.failBrand(externalId, reasons);
    const details = { ...company, ein: '98-7654321' };
    expect(await registry().updateBrand({ externalId, details })).toMatchObject({ status: 'pending', reasons: [] });
    expect(await registry().findBrand({ reference, details })).toMatchObject({ externalId });
    telnyx.approveBrand(externalId, { identity: 'UNVERIFIED' });
    await registry().updateBrand({ externalId, details });
    expect(telnyx.requests.some(({ path }) => path.endsWith(`${externalId}/revet`))).toBe(true);
  });

  it('is refused with the field that is wrong', async () => {
    await expect(submitBrand({ ...company, email: 'x' })).rejects.toBeInstanceOf(PermanentFailure);
  });
});

const plain = {
  phone: own,
  firstName: undefined,
  lastName: undefined,
  mobilePhone: undefined,
  stockSymbol: undefined,
  stockExchange: undefined,
};

describe('the code of a sole proprietor', () => {
  const sole = { ...company, entityType: 'SOLE_PROPRIETOR' as const, ein: null, mobilePhone: own };
  const confirm = (externalId: string, code: string) => registry().confirmOwnerCode({ externalId, code });
  const codeOf = (externalId: string) => present(telnyx.ownerCode(externalId), 'the code');
  async function withCode() {
    const { externalId } = await submitBrand(sole);
    telnyx.approveBrand(externalId);
    await registry().sendOwnerCode({ externalId, displayName: sole.displayName });
    return externalId;
  }

  it.each([false, true])(
    'comes to their phone, and is right once and ever after (answers wrapped: %s)',
    async (wrapped) => {
      telnyx.wrapTenDlcAnswers(wrapped);
      const externalId = await withCode();
      const { pin, to, words } = codeOf(externalId);
      expect({ to, words }).toEqual({ to: own, words: expect.stringMatching(`^Saguaro Clinic: ${pin} `) });
      expect(await confirm(externalId, pin === '000000' ? '111111' : '000000')).toBe('rejected');
      expect(await registry().readBrand(externalId)).toMatchObject({ identity: 'SELF_DECLARED' });
      expect([await confirm(externalId, pin), await confirm(externalId, pin)]).toEqual(['verified', 'verified']);
      expect(await registry().readBrand(externalId)).toMatchObject({ identity: 'VERIFIED' });
      telnyx.wrapTenDlcAnswers(false);
    },
  );

  it('counts as long as no newer one was sent, a day at most, and for few tries', async () => {
    const externalId = await withCode();
    const { pin: first } = codeOf(externalId);
    await registry().sendOwnerCode({ externalId, displayName: 'Saguaro' });
    expect(await confirm(externalId, first)).toBe('rejected');
    const newest = codeOf(externalId);
    newest.sentAt = newest.sentAt.subtract({ hours: 24 });
    expect(await confirm(externalId, newest.pin)).toBe('expired');
    await registry().sendOwnerCode({ externalId, displayName: 'Saguaro' });
    for (let n = 0; n < 5; n++) await confirm(externalId, '999999');
    expect(await confirm(externalId, codeOf(externalId).pin)).toBe('rejected');
  });

  it('is refused to companies, and before the brand is registered', async () => {
    const { externalId } = await submitBrand(sole);
    const send = (to: string) => registry().sendOwnerCode({ externalId: to, displayName: 'Saguaro' });
    await expect(send(externalId)).rejects.toThrow('not registered yet');
    await expect(confirm(externalId, '104729')).rejects.toBeInstanceOf(PermanentFailure);
    await expect(send(await registeredBrand())).rejects.toBeInstanceOf(PermanentFailure);
  });

  it('stands in no fault, though Telnyx may quote it', async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errors: [{ code: '10007', detail: 'OTP 104729 could not be checked' }] }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // of a TCP server
    const codes = telnyxOwnerCodes({ apiKey: 'KEY', baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 10_000 });
    const fault = await codes.confirmOwnerCode({ externalId: 'B1', code: '104729' }).catch((error: unknown) => error);
    await new Promise((resolve) => server.close(resolve));
    expect(fault).toBeInstanceOf(TransientFailure);
    expect(inspect(fault, { depth: 10 })).not.toContain('104729');
  });

  it('comes before the campaign', async () => {
    const brandExternalId = await withCode();
    const submit = () => registry().submitCampaign({ reference: newId(), brandExternalId, details: texting });
    await expect(submit()).rejects.toThrow('verified by an OTP first');
    await confirm(brandExternalId, codeOf(brandExternalId).pin);
    expect(await submit()).toMatchObject({ status: 'TCR_PENDING' });
  });
});

describe('a campaign', () => {
  it('carries what the reviewers want to read', async () => {
    const { externalId } = await submitCampaign();
    expect(telnyx.campaigns().find(({ id }) => id === externalId)?.details).toMatchObject({
      sample1: texting.samples[0],
      optoutKeywords: 'STOP,OPTOUT',
      messageFlow: texting.messageFlow,
      termsAndConditionsLink: texting.termsUrl,
      subscriberOptin: true,
    });
  });

  it('is mended and appealed, and both only once', async () => {
    const { externalId } = await submitCampaign();
    telnyx.rejectCampaign(externalId, 'telnyx', [{ fields: ['messageFlow'], description: 'The opt-in is vague' }]);
    expect(await registry().readCampaign(externalId)).toMatchObject({
      status: 'TELNYX_FAILED',
      reasons: ['The opt-in is vague'],
    });
    await registry().appealCampaign({ externalId, reason: 'The website says it now.' });
    await registry().appealCampaign({ externalId, reason: 'The website says it now.' });
    expect(telnyx.campaigns().find(({ id }) => id === externalId)?.appeals).toEqual(['The website says it now.']);
    telnyx.rejectCampaign(externalId, 'network', reasons);
    const details = { ...texting, messageFlow: 'A box on the form.' };
    expect(await registry().updateCampaign({ externalId, details })).toMatchObject({ status: 'TCR_ACCEPTED' });
  });

  it('is ended for good, and one that the registry does not have is no error', async () => {
    const { externalId } = await submitCampaign();
    await registry().endCampaign(externalId);
    expect(await registry().readCampaign(externalId)).toMatchObject({ status: 'TCR_EXPIRED' });
    await expect(registry().endCampaign(externalId)).rejects.toBeInstanceOf(PermanentFailure);
    await registry().endCampaign(newId());
  });

  it('was surely not taken when the answer is a limit, and perhaps when it is a fault', async () => {
    telnyx.refuseRequests('10011', { times: 1 });
    await expect(submitBrand()).rejects.toBeInstanceOf(Declined);
    telnyx.misbehave({ kind: 'accept-then-fail' }, { times: 1 });
    const lost = await submitBrand().catch((error: unknown) => error);
    expect([lost instanceof TransientFailure, lost instanceof Declined]).toEqual([true, false]);
  });

  it('is refused for a brand that is not registered, and for a number on no profile', async () => {
    const { externalId: brandExternalId } = await submitBrand();
    const submitted = registry().submitCampaign({ reference: newId(), brandExternalId, details: texting });
    await expect(submitted).rejects.toThrow('The brand is not registered yet');
    const { externalId: campaignExternalId } = await submitCampaign();
    const assigned = registry().assignNumber({ number: phone('+14805559999'), campaignExternalId });
    await expect(assigned).rejects.toBeInstanceOf(PermanentFailure);
  });

  it('may refuse a number, which can be tried again', async () => {
    telnyx.holdCampaignNumbers(true);
    const { externalId: campaignExternalId } = await submitCampaign();
    const link = { number: other, campaignExternalId };
    expect(await registry().assignNumber(link)).toEqual({ status: 'pending', reason: null });
    telnyx.decideNumber(other, { failed: 'The number is in use elsewhere' });
    expect(await registry().readNumber(other)).toMatchObject({
      status: 'failed',
      reason: 'The number is in use elsewhere',
    });
    expect(await registry().assignNumber(link)).toMatchObject({ status: 'pending' });
    telnyx.holdCampaignNumbers(false);
  });
});

describe('the registry’s events', () => {
  async function told(act: () => void) {
    await telnyx.settled();
    const before = telnyx.deliveries.length;
    act();
    await telnyx.settled();
    return telnyx.deliveries.slice(before).map(({ tries }) => readTelnyxEvent(JSON.parse(tries[0]?.body ?? '')));
  }
  const event = (subject: string, externalId: string, status: string, why: readonly string[] = []) =>
    expect.objectContaining({
      addressee: { by: 'registration', provider: 'telnyx', subject, externalId },
      content: { kind: 'registration-report', news: { status, reasons: why } },
    });

  it('name the brand and why it failed', async () => {
    const { externalId } = await submitBrand();
    expect(await told(() => telnyx.failBrand(externalId, reasons))).toEqual([
      event('tendlc-brand', externalId, 'failed', ['Invalid EIN']),
    ]);
    expect(await told(() => telnyx.approveBrand(externalId))).toEqual([event('tendlc-brand', externalId, 'success')]);
  });

  it('name the campaign, and give the description of a no as its reason', async () => {
    const { externalId } = await submitCampaign();
    expect(await told(() => telnyx.rejectCampaign(externalId, 'network', reasons))).toEqual([
      event('tendlc-campaign', externalId, 'REJECTED', ['Invalid EIN']),
    ]);
    const approved = await told(() => telnyx.approveCampaign(externalId));
    expect(approved).toHaveLength(3);
    expect(approved).toContainEqual(event('tendlc-campaign', externalId, 'VERIFIED'));
  });

  it('name the number, also in a wrong order', async () => {
    const { externalId: campaignExternalId } = await submitCampaign();
    telnyx.planNews({ hold: true });
    await registry().assignNumber({ number: own, campaignExternalId });
    await telnyx.settled();
    const before = telnyx.deliveries.length;
    await telnyx.releaseNews('reversed');
    const read = telnyx.deliveries.slice(before).map(({ tries }) => readTelnyxEvent(JSON.parse(tries[0]?.body ?? '')));
    expect(read).toEqual([event('tendlc-number', own, 'ADDED'), event('tendlc-number', own, 'success')]);
  });
});
