import { inTenants } from '@frontdesk/db';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { metaTextGateway } from '@frontdesk/providers/meta';
import { startMetaSimulator } from '@frontdesk/simulators';
import type { TestDatabase } from '@frontdesk/testkit';

const template = { id: '900', name: 'news', language: 'en_US', body: 'We have news for you, please write to us.' };

/** WhatsApp on the clinic's own number, with one template that says any answer, and no receipt that nobody asked for. */
export async function openWhatsAppBeside(
  server: TestDatabase,
  { clinic, clock, timeoutMs }: { clinic: ClinicDefinition; clock: () => Temporal.Instant; timeoutMs: number },
) {
  const { number } = clinic.location;
  const [wabaId, phoneNumberId] = [`2${number.slice(1)}`, `1${number.slice(1)}`];
  const meta = await startMetaSimulator({
    clock,
    accounts: [
      {
        wabaId,
        token: 'EAA-test',
        numbers: [{ phoneNumberId, number }],
        templates: [{ ...template, category: 'UTILITY', buttons: [] }],
      },
    ],
  });
  await inTenants(server.owner, [clinic.id], async (client) => {
    await client.query(
      `insert into whatsapp_senders (org_id, id, location_id, provider, e164, phone_number_id, waba_id, state, created_at, state_at)
       values ($1, gen_random_uuid(), $2, 'meta', $3, $4, $5, 'online', now(), now())`,
      [clinic.id, clinic.location.id, number, phoneNumberId, wabaId],
    );
    await client.query(
      `insert into message_templates (org_id, id, provider, account, name, language, category, kinds, body, external_id, state,
         created_at, state_at)
       values ($1, gen_random_uuid(), 'meta', $2, $3, $4, 'utility', '{answer}', $5, $6, 'approved', now(), now())`,
      [clinic.id, wabaId, template.name, template.language, template.body, template.id],
    );
  });
  const gateway = metaTextGateway({ graphUrl: meta.graphUrl, tokenOf: async () => 'EAA-test', timeoutMs });
  return { meta, gateway };
}
