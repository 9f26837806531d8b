import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { present } from '@frontdesk/kernel';
import { medSpaBrand, medSpaCampaign, until } from '@frontdesk/testkit';
import { openRegisteredDesk } from './registered-desk.ts';

let on: Awaited<ReturnType<typeof openRegisteredDesk>>;
beforeAll(async () => {
  on = await openRegisteredDesk();
});
afterAll(() => on.close());

const pathOf = (area: string, body: Record<string, unknown>) => `${area}/${String(body['id'])}`;
const registered = () => ({
  brand: present(on.carrier.brands()[0], 'the brand at the registry').id,
  campaign: present(on.carrier.campaigns()[0], 'the campaign at the registry').id,
});

describe('a clinic that registers its number', () => {
  let brand = '';
  let campaign = '';
  const details = { ...medSpaCampaign, usecase: 'MIXED' };

  it('hears what the registry would say before anything is submitted, field by field', async () => {
    const drafted = await on.post('brands', { details: { ...medSpaBrand, email: 'radiance@gmail.com' } });
    expect(drafted).toMatchObject({
      status: 201,
      body: { state: 'draft', findings: [{ code: 'email-free-mail', pointer: '#/details/email' }] },
    });
    expect(JSON.stringify(drafted.body)).not.toContain('1357924');
    brand = pathOf('brands', drafted.body);
    const refused = await on.post(`${brand}:submit`, {});
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'invalid-fields', errors: [{ pointer: '#/details/email' }] },
    });
    expect(on.carrier.brands()).toEqual([]);
  });

  it('submits the brand once it is mended, and the campaign and its number wait for it', async () => {
    on.carrier.planNews({ copies: 3 }, 100);
    on.loseAnswer('brand');
    on.loseAnswer('campaignBuilder');
    expect(await on.post(`${brand}:update`, { details: medSpaBrand })).toMatchObject({ body: { findings: [] } });
    expect(await on.post(`${brand}:submit`, {})).toMatchObject({ status: 202, body: { state: 'submitted' } });
    await on.reaches(brand, 'pending');
    expect((await on.post(`${brand}:submit`, {})).status).toBe(409);

    const drafted = await on.post('campaigns', { brandId: brand.split('/')[1], details });
    expect(drafted).toMatchObject({ status: 201, body: { findings: [] } });
    campaign = pathOf('campaigns', drafted.body);
    expect((await on.post(`${campaign}:submit`, {})).status).toBe(202);
    const number = on.clinic.location.number;
    const added = await on.post(`${campaign}:assign-number`, { number });
    expect(added).toMatchObject({ status: 202, body: { number, state: 'pending' } });
    expect(await on.get('status')).toMatchObject({
      numbers: [{ number, mayText: 'refused', errorCode: '40010', works: ['receiving-texts', 'missed-calls'] }],
      tMobileToday: null,
    });
    expect(on.carrier.campaigns()).toEqual([]);
  });

  it('is told once that carriers refuse its texts, while texts to it still come in', async () => {
    on.carrier.planReceipts({ status: 'delivery_failed', errorCode: '40010' });
    for (const from of ['+16025550142', '+16025550143']) await on.asks(from);
    await until('both answers came back', async () => (await on.texts('undelivered')) === 2);
    expect(await on.tasks()).toEqual([
      expect.stringContaining(`Carriers refuse texts from ${on.clinic.location.number}`),
    ]);
    expect(await on.texts('received')).toBe(2);
    await on.carrier.settled();
  });

  it('reads why the campaign was turned away, mends it and has it looked at again without a second one', async () => {
    on.carrier.approveBrand(present(on.carrier.brands()[0], 'the brand').id, { score: 60 });
    await on.reaches(brand, 'verified');
    await on.reaches(campaign, 'in-review');
    const { campaign: id } = registered();
    on.carrier.rejectCampaign(id, 'telnyx', [{ fields: ['messageFlow'], description: 'Call to action is unclear.' }]);
    expect(await on.reaches(campaign, 'rejected')).toMatchObject({
      reasons: [{ code: 'flow-without-how', mend: expect.stringContaining('tick') }],
    });
    expect((await on.tasks()).slice(1)).toEqual([expect.stringContaining('Call to action is unclear.')]);
    expect(await on.limit()).toEqual({ campaign: null, perMinute: null });

    const fixed = await on.post(`${campaign}:update`, {
      details: { ...details, description: `${details.description} So.` },
    });
    expect(fixed).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/details/description' }] } });
    const messageFlow = `${details.messageFlow} A picture of the page is at https://www.radiancemedspa.com/opt-in.png`;
    expect((await on.post(`${campaign}:update`, { details: { ...details, messageFlow } })).status).toBe(200);
    expect((await on.post(`${campaign}:submit`, { appeal: 'The page shows the box now.' })).status).toBe(202);
    await on.reaches(campaign, 'in-review');
    expect(on.carrier.campaigns()).toMatchObject([{ status: 'TCR_ACCEPTED', details: { messageFlow } }]);
  });

  it('goes live with its number at the tier of its score, though the events come late, twice and in reverse', async () => {
    on.carrier.behave();
    on.loseAnswer('phone_number_campaigns');
    on.carrier.planNews({ copies: 2, hold: true }, 3);
    on.carrier.planNews({ copies: 2 }, 100);
    on.carrier.approveCampaign(registered().campaign);
    await on.carrier.releaseNews('reversed');
    await on.reaches(campaign, 'live');
    const { campaign: id } = registered();
    await until('the number is added', () => on.carrier.campaignNumbers().length === 1);
    await until('the limiter has the tier', async () => (await on.limit()).perMinute === 2_400);
    expect(await on.limit()).toEqual({ campaign: id, perMinute: 2_400 });
    const status = await on.get('status');
    expect(status).toMatchObject({
      numbers: [{ mayText: 'yes', next: null }],
      tMobileToday: { atMost: 40_000, warning: null },
    });
    // The two answers of before, unless midnight in California came between.
    expect([0, 2]).toContain((status['tMobileToday'] as { taken: number }).taken);
  });

  it('gets another tier with another score', async () => {
    on.carrier.vetBrand(registered().brand, 80);
    await until('the higher tier', async () => (await on.limit()).perMinute === 4_500);
  });

  it('loses its share while the campaign is suspended, and has it again afterwards', async () => {
    on.carrier.moveCampaign(registered().campaign, 'TCR_SUSPENDED');
    await until('the tier is closed', async () => (await on.limit()).perMinute === 15);
    expect(await on.limit()).toEqual({ campaign: null, perMinute: 15 });
    on.carrier.moveCampaign(registered().campaign, 'MNO_PROVISIONED');
    await until('the tier is open again', async () => (await on.limit()).perMinute === 4_500);
  });

  it('takes the number out again, which leaves it nothing of the campaign', async () => {
    const { number } = on.clinic.location;
    expect((await on.post(`${campaign}:remove-number`, { number })).status).toBe(202);
    await until('the number is out', async () => (await on.limit()).perMinute === null);
    expect(on.carrier.campaignNumbers()).toEqual([]);
  });

  it('leaves nothing of the campaign to the clinic that has the number next', async () => {
    const { number } = on.clinic.location;
    expect((await on.post(`${campaign}:assign-number`, { number })).status).toBe(202);
    await until('the number is in again', async () => (await on.limit()).perMinute === 4_500);
    await on.giveNumberAway();
    expect(await on.limit()).toEqual({ campaign: null, perMinute: null });
    expect(await on.get(campaign)).toMatchObject({ state: 'live', numbers: [] });
  });

  it('has submitted everything once, though answers were lost', () => {
    expect(on.carrier.brands()).toHaveLength(1);
    expect(on.carrier.campaigns()).toHaveLength(1);
    const handedIn = on.carrier.requests.filter(
      ({ method, path }) => method === 'POST' && /\/10dlc\/(?:brand|campaignBuilder)$/.test(path),
    );
    expect(handedIn).toHaveLength(2);
  });
});
