import { createHash } from 'node:crypto';
import type { ClinicDefinition } from '@frontdesk/clinics';
import { derivedId, type Id } from '@frontdesk/kernel';
import { readyMadeTemplates } from '@frontdesk/messaging';

/** What a clinic of this machine has at the simulator of Meta. */
export type LocalWhatsApp = {
  senderId: Id;
  phoneNumberId: string;
  wabaId: string;
  token: string;
  pin: string;
  templates: readonly (ReturnType<typeof readyMadeTemplates>[number] & { id: Id; externalId: string })[];
};

/** The same for the same clinic in every run: its own number is on WhatsApp, too, with the ready-made templates approved. */
export function localWhatsApp({ id, name, location }: ClinicDefinition): LocalWhatsApp {
  const digits = location.number.slice(1);
  return {
    senderId: derivedId(`local-whatsapp:${location.number}`),
    phoneNumberId: `10${digits}`,
    wabaId: `20${digits}`,
    token: `EAA${digits}`,
    pin: '123456',
    templates: readyMadeTemplates({ orgId: id, clinicName: name }).map((template) => {
      const cause = `local-template:${id}:${template.name}:${template.language}`;
      return { ...template, id: derivedId(cause), externalId: numberOf(cause) };
    }),
  };
}

/** Fifteen digits, as Meta numbers templates. */
function numberOf(cause: string): string {
  const digest = createHash('sha256').update(cause).digest();
  return String(10n ** 14n + (digest.readBigUInt64BE() % (9n * 10n ** 14n)));
}
