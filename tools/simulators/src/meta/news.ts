import { present } from '@frontdesk/kernel';
import type { WebhookAnswer } from '../wire/webhook-delivery.ts';
import type { MetaAccounts } from './accounts.ts';
import type { TemplateBook } from './template-book.ts';
import type { MetaSimulator, MetaTemplateStatus } from './types.ts';
import type { MetaChange, MetaPoster } from './webhook-poster.ts';

interface NewsDependencies {
  accounts: MetaAccounts;
  templates: TemplateBook;
  poster: MetaPoster;
}

type News = Pick<
  MetaSimulator,
  | 'approveTemplate'
  | 'rejectTemplate'
  | 'pauseTemplate'
  | 'disableTemplate'
  | 'recategoriseTemplate'
  | 'updateAccount'
  | 'updateNumber'
>;

/** What Meta makes up its mind about, and tells the app. */
export function createMetaNews({ accounts, templates, poster }: NewsDependencies): News {
  const accountOf = (wabaId: string) => present(accounts.account(wabaId), 'the account');
  const tell = async (change: MetaChange): Promise<WebhookAnswer | null> => (await poster.post(change)?.first) ?? null;

  function moveTemplate(idOrName: string, status: MetaTemplateStatus, reason = 'NONE') {
    const template = templates.get(idOrName);
    templates.move(template, status, reason);
    const value = {
      event: status,
      message_template_id: Number(template.id),
      message_template_name: template.name,
      message_template_language: template.language,
      message_template_category: template.category,
      reason,
    };
    return tell({ account: accountOf(template.wabaId), field: 'message_template_status_update', value });
  }

  return {
    approveTemplate: (template) => moveTemplate(template, 'APPROVED'),
    rejectTemplate: (template, reason = 'INVALID_FORMAT') => moveTemplate(template, 'REJECTED', reason),
    pauseTemplate: (template) => moveTemplate(template, 'PAUSED'),
    disableTemplate: (template) => moveTemplate(template, 'DISABLED'),
    recategoriseTemplate(idOrName, category) {
      const template = templates.get(idOrName);
      const value = {
        message_template_id: Number(template.id),
        message_template_name: template.name,
        message_template_language: template.language,
        previous_category: template.category,
        new_category: category,
      };
      template.category = category;
      return tell({ account: accountOf(template.wabaId), field: 'template_category_update', value });
    },
    updateAccount: (wabaId, value) => tell({ account: accountOf(wabaId), field: 'account_update', value }),
    updateNumber(phoneNumberId, { quality, event }) {
      const number = present(accounts.byId(phoneNumberId), 'the number');
      number.quality = quality;
      const value = { display_phone_number: number.number.slice(1), event, current_limit: 'TIER_250' };
      return tell({ account: number.account, field: 'phone_number_quality_update', value });
    },
  };
}
