import type { TemplateDoubts } from '@frontdesk/messaging';
import { ringRegistration } from '@frontdesk/numbers/postgres';

/** A template that was refused is looked at again: its provider may have paused it, which nobody told us. */
export const templateDoubts: TemplateDoubts = {
  async doubt(tx, { orgId, templateId: id, now }) {
    await ringRegistration(tx, { orgId, id, correlationId: id, now });
  },
};
