import type { ClinicDefinition } from '@frontdesk/clinics';
import { sealToken, type TokenKeys } from '@frontdesk/kernel';
import type pg from 'pg';
import { localWhatsApp } from './local-whatsapp.ts';

/** Connects the clinic to the simulator of Meta: its sender is online and its templates are approved. What is there stays. */
export async function seedWhatsApp(owner: pg.Client, clinic: ClinicDefinition, keys: TokenKeys): Promise<void> {
  const { senderId, phoneNumberId, wabaId, token, pin, templates } = localWhatsApp(clinic);
  const [sealed, sealedPin] = [sealToken(token, clinic.id, keys), sealToken(pin, clinic.id, keys)];
  await owner.query("select set_config('app.org_ids', $1, false)", [clinic.id]);
  await owner.query(
    `with sender as (
       insert into whatsapp_senders (org_id, id, location_id, provider, e164, display_name, phone_number_id, waba_id, state,
         step, token, token_key_id, pin, pin_key_id, created_at, state_at)
       values ($1, $2, $3, 'meta', $4, $5, $6, $7, 'online', 'registered', $8, $9, $10, $11, now(), now())
       on conflict do nothing returning org_id, id)
     insert into registrations (org_id, id, subject, provider, created_at)
     select org_id, id, 'whatsapp-sender', 'meta', now() from sender on conflict do nothing`,
    [
      clinic.id,
      senderId,
      clinic.location.id,
      clinic.location.number,
      clinic.name,
      phoneNumberId,
      wabaId,
      sealed.sealed,
      sealed.keyId,
      sealedPin.sealed,
      sealedPin.keyId,
    ],
  );
  await owner.query(
    `insert into message_templates (org_id, id, provider, account, name, language, category, kinds, body, value_names, examples,
       choices, external_id, state, created_at, state_at)
     select $1, id, 'meta', $2, name, language, category, kinds, body, "valueNames", examples, choices, "externalId", 'approved',
       now(), now()
     from jsonb_to_recordset($3) as t (id uuid, name text, language text, category text, kinds text[], body text,
       "valueNames" text[], examples text[], choices jsonb, "externalId" text)
     on conflict do nothing`,
    [clinic.id, wabaId, JSON.stringify(templates)],
  );
}
