import { describe, expect, it } from '@jest/globals';
import { newId, present, type Id } from '@frontdesk/kernel';
import fc from 'fast-check';
import { addSender, newNumber } from './desk.ts';
import { metaBody, metaTemplateUpdate } from './meta-webhooks.ts';
import { twilioHeaders } from './signing.ts';
import { useDesk } from './use-desk.ts';

const on = useDesk();
const due = 'messaging.registration-due.v1';

const asked = async (registration: { subject: string; provider: string; externalId: string }): Promise<Id> => {
  const { rows } = await on.database.owner.query<{ id: Id }>(
    `insert into registrations (org_id, id, subject, provider, external_id, created_at)
     values ($1, gen_random_uuid(), $2, $3, $4, now()) returning id`,
    [on.clinic.id, registration.subject, registration.provider, registration.externalId],
  );
  return present(rows[0], 'the registration just written').id;
};
const newsOf = async (registrationId: Id) =>
  (await on.rows.events(on.clinic))
    .filter(({ type, data }) => type === due && data['registrationId'] === registrationId)
    .map(({ data }) => data['news']);

let ids = 0;
const newTemplateId = () => String(7_000_000_000 + (ids += 1));

describe('news of what a clinic asked a provider for', () => {
  it('of a template at Meta rings for its registration, and brings what cannot be asked for later', async () => {
    const externalId = newTemplateId();
    const id = await asked({ subject: 'whatsapp-template', provider: 'meta', externalId });
    await on.desk.meta(metaTemplateUpdate(externalId, 'REJECTED', on.now(), 'INVALID_FORMAT'));
    expect(await newsOf(id)).toEqual([{ status: 'REJECTED', reasons: ['INVALID_FORMAT'] }]);
  });

  it('of a number on WhatsApp rings for the sender that has it', async () => {
    const number = newNumber();
    const id = await addSender(on.database, on.clinic, { number });
    const value = { display_phone_number: number, event: 'FLAGGED' };
    await on.desk.meta(metaBody({ id: 'WABA', changes: [{ field: 'phone_number_quality_update', value }] }));
    expect(await newsOf(id)).toMatchObject([{ status: 'FLAGGED' }]);
  });

  it('of an account at Meta rings for the sender in it', async () => {
    const wabaId = newTemplateId();
    const id = await addSender(on.database, on.clinic, { number: newNumber() });
    await on.database.owner.query('update whatsapp_senders set waba_id = $1 where id = $2', [wabaId, id]);
    const value = {
      event: 'ACCOUNT_RESTRICTION',
      restriction_info: [{ restriction_type: 'RESTRICTED_UTILITY_TEMPLATES' }],
    };
    await on.desk.meta(metaBody({ id: wabaId, changes: [{ field: 'account_update', value }] }));
    expect(await newsOf(id)).toEqual([{ status: 'ACCOUNT_RESTRICTION', reasons: ['RESTRICTED_UTILITY_TEMPLATES'] }]);
  });

  it('of a brand at Telnyx comes over the addresses that Telnyx has', async () => {
    const externalId = newId();
    const id = await asked({ subject: 'tendlc-brand', provider: 'telnyx', externalId });
    const payload = { brandId: externalId, type: 'REGISTRATION', status: 'ACCEPTED' };
    const answer = await on.desk.telnyx({ data: { id: newId(), event_type: '10dlc.brand.update', payload } });
    expect(answer).toEqual({ status: 200, body: { result: 'accepted' } });
    expect(await newsOf(id)).toHaveLength(1);
  });

  it.each(['form', 'JSON'])('of a sender at Twilio comes to an address of its own, as %s', async (written) => {
    const externalId = `XE${newId().replaceAll('-', '')}`;
    const id = await asked({ subject: 'whatsapp-sender', provider: 'twilio', externalId });
    const fields = { SenderSid: externalId, SenderStatus: 'ONLINE' };
    const path = '/webhooks/twilio/senders';
    const told =
      written === 'form'
        ? { path, body: new URLSearchParams(fields).toString(), headers: {} }
        : {
            path: `${path}?bodySHA256=`,
            body: JSON.stringify(fields),
            headers: { 'content-type': 'application/json' },
          };
    const signed = await signedByTwilio(told);
    expect((await on.desk.send(signed)).status).toBe(200);
    expect(await newsOf(id)).toEqual([{ status: 'ONLINE', reasons: [] }]);
  });

  it('that nobody asked for is parked', async () => {
    const externalId = newTemplateId();
    const update = metaTemplateUpdate(externalId, 'APPROVED', on.now());
    expect(await on.desk.meta(update)).toEqual({ status: 200, body: { result: 'parked' } });
    const { rows } = await on.database.owner.query(
      `select org_id, parked_reason from webhook_events where payload::text like '%' || $1 || '%'`,
      [externalId],
    );
    expect(rows).toEqual([{ org_id: null, parked_reason: 'no clinic asked the provider for this' }]);
  });

  it('rings once for each piece of it, however often, late and in whatever order they come', async () => {
    const states = ['PENDING', 'APPROVED', 'PAUSED', 'REJECTED'];
    const told = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(told, fc.boolean(), async (order, atOnce) => {
        const externalId = newTemplateId();
        const id = await asked({ subject: 'whatsapp-template', provider: 'meta', externalId });
        const events = order.map((n) =>
          metaTemplateUpdate(externalId, states[n] ?? '', on.now().subtract({ hours: n }), 'NONE'),
        );
        const answers = atOnce
          ? await Promise.all(events.map((event) => on.desk.meta(event)))
          : [await on.desk.meta(metaBody(...events.flatMap(({ entry }) => entry)))];
        expect(answers.every(({ status }) => status === 200)).toBe(true);
        const heard = (await newsOf(id)).map((news) => (news as { status: string }).status); // the event's schema has it so
        expect(heard).toHaveLength(new Set(order).size);
        expect(new Set(heard)).toEqual(new Set(order.map((n) => states[n])));
      }),
      { numRuns: 20 },
    );
  });
});

/** Twilio signs a form with its parameters, and of any other body the address, which then holds the body's hash. */
async function signedByTwilio(told: { path: string; body: string; headers: Record<string, string> }) {
  if (!told.path.includes('?')) return { ...told, headers: twilioHeaders(told.path, told.body) };
  const { createHash } = await import('node:crypto');
  const path = `${told.path}${createHash('sha256').update(told.body).digest('hex')}`;
  return { ...told, path, headers: { ...twilioHeaders(path, ''), ...told.headers } };
}
