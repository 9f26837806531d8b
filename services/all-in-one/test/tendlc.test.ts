import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { present } from '@frontdesk/kernel';
import { medSpaBrand, medSpaCampaign, soleProprietorBrand, until } from '@frontdesk/testkit';
import { startDeskWithTelnyx, type DeskWithTelnyx } from './desk-with-telnyx.ts';

let desk: DeskWithTelnyx;
beforeAll(async () => {
  desk = await startDeskWithTelnyx();
});
afterAll(() => desk.stop());

const get = async (path: string) => (await desk.ask(`/tendlc/${path}`)).body;
const post = (path: string, body: Record<string, unknown>) => desk.ask(`/tendlc/${path}`, body);
const reaches = (path: string, state: string) => desk.untilState(`/tendlc/${path}`, state);
/** What the limiter knows of the clinic's number. */
const limit = async () =>
  (
    await desk.rows<{ campaign: string | null; perMinute: number | null }>(
      'select campaign, round(texts_per_second * 60)::int as "perMinute" from phone_numbers where e164 = $1',
      desk.clinic.location.number,
    )
  )[0];
const tasks = async () =>
  (
    await desk.rows<{ reason: string }>(
      `select reason from staff_tasks where org_id = $1 and kind = 'registration' order by created_at`,
      desk.clinic.id,
    )
  ).map(({ reason }) => reason);
/** The registry takes the next submission of this kind, and its answer is lost. */
const loseAnswer = (what: 'brand' | 'campaignBuilder' | 'phone_number_campaigns') =>
  desk.telnyx.misbehave(
    { kind: 'accept-then-reset' },
    { times: 1, where: ({ method, path }) => method === 'POST' && path.endsWith(`/10dlc/${what}`) },
  );

const pathOf = (area: string, body: Record<string, unknown>) => `${area}/${String(body['id'])}`;
const registered = () => ({
  brand: present(desk.telnyx.brands()[0], 'the brand at the registry').id,
  campaign: present(desk.telnyx.campaigns()[0], 'the campaign at the registry').id,
});

describe('a clinic that registers its number', () => {
  let brand = '';
  let campaign = '';
  const details = { ...medSpaCampaign, usecase: 'MIXED' };

  it('hears what the registry would say before anything is submitted, field by field', async () => {
    const drafted = await post('brands', { details: { ...medSpaBrand, email: 'radiance@gmail.com' } });
    expect(drafted).toMatchObject({
      status: 201,
      body: { state: 'draft', findings: [{ code: 'email-free-mail', pointer: '#/details/email' }] },
    });
    expect(JSON.stringify(drafted.body)).not.toContain('1357924');
    brand = pathOf('brands', drafted.body);
    const refused = await post(`${brand}:submit`, {});
    expect(refused).toMatchObject({
      status: 422,
      body: { code: 'invalid-fields', errors: [{ pointer: '#/details/email' }] },
    });
    expect(desk.telnyx.brands()).toEqual([]);
  });

  it('submits the brand once it is mended, and the campaign and its number wait for it', async () => {
    desk.telnyx.planNews({ copies: 3 }, 100);
    loseAnswer('brand');
    loseAnswer('campaignBuilder');
    expect(await post(`${brand}:update`, { details: medSpaBrand })).toMatchObject({ body: { findings: [] } });
    expect(await post(`${brand}:submit`, {})).toMatchObject({ status: 202, body: { state: 'submitted' } });
    await reaches(brand, 'pending');
    expect((await post(`${brand}:submit`, {})).status).toBe(409);

    const drafted = await post('campaigns', { brandId: brand.split('/')[1], details });
    expect(drafted).toMatchObject({ status: 201, body: { findings: [] } });
    campaign = pathOf('campaigns', drafted.body);
    expect((await post(`${campaign}:submit`, {})).status).toBe(202);
    const number = desk.clinic.location.number;
    const added = await post(`${campaign}:assign-number`, { number });
    expect(added).toMatchObject({ status: 202, body: { number, state: 'pending' } });
    expect(await get('status')).toMatchObject({
      numbers: [{ number, mayText: 'refused', errorCode: '40010', works: ['receiving-texts', 'missed-calls'] }],
      tMobileToday: null,
    });
    expect(desk.telnyx.campaigns()).toEqual([]);
  });

  it('is told once that carriers refuse its texts, while texts to it still come in', async () => {
    desk.telnyx.planReceipts({ status: 'delivery_failed', errorCode: '40010' });
    const to = desk.clinic.location.number;
    for (const from of ['+16025550142', '+16025550143']) await desk.telnyx.receiveText({ from, to, text: 'info' });
    const undelivered = `select from outbound_messages where state in ('undelivered', 'failed')`;
    await until('both answers came back', async () => (await desk.rows(undelivered)).length === 2);
    expect(await tasks()).toEqual([
      expect.stringContaining(`Carriers refuse texts from ${desk.clinic.location.number}`),
    ]);
    expect(await desk.rows('select from inbound_messages')).toHaveLength(2);
    await desk.telnyx.settled();
  });

  it('reads why the campaign was turned away, mends it and has it looked at again without a second one', async () => {
    desk.telnyx.approveBrand(present(desk.telnyx.brands()[0], 'the brand').id, { score: 60 });
    await reaches(brand, 'verified');
    await reaches(campaign, 'in-review');
    const { campaign: id } = registered();
    desk.telnyx.rejectCampaign(id, 'telnyx', [{ fields: ['messageFlow'], description: 'Call to action is unclear.' }]);
    expect(await reaches(campaign, 'rejected')).toMatchObject({
      reasons: [{ code: 'flow-without-how', mend: expect.stringContaining('tick') }],
    });
    expect((await tasks()).slice(1)).toEqual([expect.stringContaining('Call to action is unclear.')]);
    expect(await limit()).toEqual({ campaign: null, perMinute: null });

    const fixed = await post(`${campaign}:update`, {
      details: { ...details, description: `${details.description} So.` },
    });
    expect(fixed).toMatchObject({ status: 422, body: { errors: [{ pointer: '#/details/description' }] } });
    const messageFlow = `${details.messageFlow} A picture of the page is at https://www.radiancemedspa.com/opt-in.png`;
    expect((await post(`${campaign}:update`, { details: { ...details, messageFlow } })).status).toBe(200);
    expect((await post(`${campaign}:submit`, { appeal: 'The page shows the box now.' })).status).toBe(202);
    await reaches(campaign, 'in-review');
    expect(desk.telnyx.campaigns()).toMatchObject([{ status: 'TCR_ACCEPTED', details: { messageFlow } }]);
  });

  it('goes live with its number at the tier of its score, though the events come late, twice and in reverse', async () => {
    desk.telnyx.behave();
    loseAnswer('phone_number_campaigns');
    desk.telnyx.planNews({ copies: 2, hold: true }, 3);
    desk.telnyx.planNews({ copies: 2 }, 100);
    desk.telnyx.approveCampaign(registered().campaign);
    await desk.telnyx.releaseNews('reversed');
    await reaches(campaign, 'live');
    const { campaign: id } = registered();
    await until('the number is added', () => desk.telnyx.campaignNumbers().length === 1);
    await until('the limiter has the tier', async () => (await limit())?.perMinute === 2_400);
    expect(await limit()).toEqual({ campaign: id, perMinute: 2_400 });
    const status = await get('status');
    expect(status).toMatchObject({
      numbers: [{ mayText: 'yes', next: null }],
      tMobileToday: { atMost: 40_000, warning: null },
    });
    // The two answers of before, unless midnight in California came between.
    expect([0, 2]).toContain((status['tMobileToday'] as { taken: number }).taken);
  });

  it('gets another tier with another score', async () => {
    desk.telnyx.vetBrand(registered().brand, 80);
    await until('the higher tier', async () => (await limit())?.perMinute === 4_500);
  });

  it('keeps texts with a time of their own while the campaign is suspended, and sends them once it is live again', async () => {
    const tasksBefore = (await tasks()).length;
    desk.telnyx.moveCampaign(registered().campaign, 'TCR_SUSPENDED');
    await until('the tier is closed', async () => (await limit())?.perMinute === null);
    const kept: { id: string }[] = [];
    for (const hours of [1, 2]) {
      kept.push(
        ...(await desk.rows<{ id: string }>(
          `insert into outbound_messages (org_id, id, conversation_id, contact_id, from_number, to_number, class, kind, body,
             cause_key, state, next_attempt_at, created_at, expires_at)
           select org_id, gen_random_uuid(), conversation_id, contact_id, from_number, to_number, 'reply', 'answer', $2, $2,
             'queued', now(), now(), now() + $1 * interval '1 hour' from outbound_messages limit 1
           returning id`,
          hours,
          `Kept ${hours}`,
        )),
      );
    }
    const texts = () => Promise.all(kept.map(async ({ id }) => (await desk.ask(`/messages/${id}`)).body));
    const wait = {
      state: 'queued',
      reason: expect.stringMatching(/waits until the campaign .* is live again/),
      tries: [],
    };
    const keptAnd = async (what: string) =>
      desk.rows(
        `select from outbound_messages where id = any($1) and ${what}`,
        kept.map(({ id }) => id),
      );
    await until('they wait', async () => (await keptAnd('reason is not null')).length === 2);
    expect(await texts()).toMatchObject([wait, wait]);
    const answer = { to: '+16025550142', channel: 'sms', purpose: 'reply', body: 'Now?' };
    const words = expect.stringMatching(/campaign is suspended/);
    expect(await desk.ask('/messages:send', answer)).toMatchObject({
      status: 202,
      body: { state: 'suppressed', suppressed: { reason: 'campaign-closed', words } },
    });
    expect((await tasks()).slice(tasksBefore)).toEqual([expect.stringMatching(/suspended.*reminders.* wait/)]);
    desk.telnyx.moveCampaign(registered().campaign, 'MNO_PROVISIONED');
    await until('the tier is open again', async () => (await limit())?.perMinute === 4_500);
    await until('they have left', async () => (await keptAnd('attempts = 1')).length === 2);
  });

  it('takes the number out again, which leaves it nothing of the campaign', async () => {
    const { number } = desk.clinic.location;
    expect((await post(`${campaign}:remove-number`, { number })).status).toBe(202);
    await until('the number is out', async () => (await limit())?.perMinute === null);
    expect(desk.telnyx.campaignNumbers()).toEqual([]);
  });

  it('leaves nothing of the campaign to the clinic that has the number next', async () => {
    const { number } = desk.clinic.location;
    expect((await post(`${campaign}:assign-number`, { number })).status).toBe(202);
    await until('the number is in again', async () => (await limit())?.perMinute === 4_500);
    const other = await desk.anotherClinic();
    const give = 'update phone_numbers set org_id = $2, location_id = $3 where e164 = $1';
    await desk.rows(give, number, other.id, other.location.id);
    expect(await limit()).toEqual({ campaign: null, perMinute: null });
    expect(await get(campaign)).toMatchObject({ state: 'live', numbers: [] });
  });

  it('has submitted everything once, though answers were lost', () => {
    expect(desk.telnyx.brands()).toHaveLength(1);
    expect(desk.telnyx.campaigns()).toHaveLength(1);
    const handedIn = desk.telnyx.requests.filter(
      ({ method, path }) => method === 'POST' && /\/10dlc\/(?:brand|campaignBuilder)$/.test(path),
    );
    expect(handedIn).toHaveLength(2);
  });
});

describe('a sole proprietor', () => {
  let brand = '';
  let id = '';

  it('is asked for a code once the registry has the brand, and no campaign goes there before', async () => {
    brand = pathOf('brands', (await post('brands', { details: soleProprietorBrand })).body);
    expect((await post(`${brand}:send-code`, {})).status).toBe(409);
    expect((await post(`${brand}:submit`, {})).status).toBe(202);
    await reaches(brand, 'pending');
    id = present(desk.telnyx.brands().at(-1), 'the brand at the registry').id;
    expect(await post(`${brand}:send-code`, {})).toMatchObject({
      status: 422,
      body: { code: 'vendor-refused', detail: expect.stringMatching(/not registered yet/) },
    });
    desk.telnyx.approveBrand(id);
    expect(await reaches(brand, 'code-wanted')).toMatchObject({ code: { sentAt: null, leftToday: 5 } });
    const details = { ...medSpaCampaign, usecase: 'SOLE_PROPRIETOR' };
    const drafted = await post('campaigns', { brandId: brand.split('/')[1], details });
    const refused = await post(`${pathOf('campaigns', drafted.body)}:submit`, { insistBecause: 'It is a test.' });
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/code/) } });
  });

  it('gets one code, is told how long it counts, and is known by it though answers are lost', async () => {
    const lost = { times: 1, where: ({ path }: { path: string }) => path.endsWith('/smsOtp') };
    desk.telnyx.misbehave({ kind: 'accept-then-reset' }, lost);
    expect((await post(`${brand}:send-code`, {})).status).toBe(503);
    expect(await post(`${brand}:send-code`, {})).toMatchObject({
      status: 429,
      body: { detail: expect.stringMatching(/on its way/) },
    });
    const { pin, to, words } = present(desk.telnyx.ownerCode(id), 'the code');
    expect({ to, words }).toEqual({ to: '+16025550142', words: expect.stringContaining(pin) });
    expect(await get(brand)).toMatchObject({ next: expect.stringMatching(/^Enter the code .* by \d{4}-/) });
    expect(await post(`${brand}:verify`, { code: '000000' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '#/code', detail: expect.stringMatching(/4 tries/) }] },
    });
    desk.telnyx.misbehave({ kind: 'accept-then-reset' }, lost);
    expect((await post(`${brand}:verify`, { code: pin })).status).toBe(503);
    for (let n = 0; n < 2; n++) expect((await post(`${brand}:verify`, { code: pin })).status).toBe(200);
    expect(await reaches(brand, 'verified')).toMatchObject({ code: null, textsPerDay: 1_000 });
    expect(await post(`${brand}:send-code`, {})).toMatchObject({ status: 200, body: { sent: false } });
    const asked = desk.telnyx.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/smsOtp'));
    expect(asked).toHaveLength(2);
  });
});

describe('a clinic that leaves', () => {
  it('gives back what it bought and pays for no campaign any more', async () => {
    const { telnyx, clinic, adminUrl } = desk;
    const { body } = await desk.ask('/available-numbers');
    const { number } = present((body['items'] as { number: string }[])[0], 'a number for sale'); // as the schema says
    const ordered = await desk.ask('/number-orders', { number });
    await desk.untilState(`/number-orders/${String(ordered.body['id'])}`, 'assigned');
    const isIn = () => telnyx.campaignNumbers().some((each) => each.number === number);
    await until('it is in the campaign', isIn);

    const main = fileURLToPath(new URL('../../../tools/frontdesk/src/main.ts', import.meta.url));
    const env = { PATH: process.env['PATH'], FRONTDESK_ENV: 'test', DATABASE_ADMIN_URL: adminUrl };
    const offboard = [main, 'clinics', 'offboard', clinic.id, '--yes', '--json'];
    const { stdout } = await promisify(execFile)(process.execPath, offboard, { env });
    expect(JSON.parse(stdout)).toMatchObject({ numbersReleased: [number], left: [{}, { name: number }] });

    await until('the number is given back', () => telnyx.accountNumbers().every((each) => each.number !== number));
    await until('the campaign has ended', () => telnyx.campaigns()[0]?.status === 'TCR_EXPIRED');
    expect(isIn()).toBe(false);
    const refused = await desk.ask('/number-orders', { number });
    expect([refused.status, refused.body['detail']]).toEqual([409, expect.stringMatching(/has left the desk/)]);
  });
});
