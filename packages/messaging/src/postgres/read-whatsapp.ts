import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { OnWhatsApp } from '../clear-to-send.ts';
import { languageOf } from '../language.ts';
import type { SendingNumber } from '../route.ts';
import type { TextClass } from '../text-class.ts';
import { chooseTemplate, type ApprovedTemplate } from '../whatsapp/choose-template.ts';
import { absenceLasts } from '../whatsapp/sms-instead.ts';

/** What Meta takes from a number in a second, unless it says otherwise. */
const textsPerSecond = 80;

type TextOnWhatsApp = {
  orgId: Id;
  conversationId: Id | null;
  from: string;
  class: TextClass;
  kind: string;
  values: Readonly<Record<string, string>>;
  hasMedia: boolean;
  closedAt: Temporal.Instant | null;
  now: Temporal.Instant;
};

type TemplateRow = Omit<ApprovedTemplate, 'approvedAt'> & { approvedAt: string };
type Row = {
  provider: 'meta' | 'twilio' | null;
  state: string | null;
  phone_number_id: string | null;
  waba_id: string | null;
  texts_per_second: number | null;
  wrote_at: Date | null;
  last_words: string | null;
  language: string;
  templates: TemplateRow[];
  is_absent: boolean;
};

/**
 * What the last gate wants to know of WhatsApp, and the sender that the text leaves by; null when the clinic has none of this number.
 * `isAbsent`: WhatsApp said lately that the person is not there, and they have not written there since.
 */
export async function readWhatsApp(
  tx: TenantTransaction,
  text: TextOnWhatsApp,
): Promise<{ home: SendingNumber | null; onWhatsApp: OnWhatsApp; isAbsent: boolean }> {
  const { orgId, conversationId, from, kind, closedAt, now } = text;
  const [row] = await tx.$queryRaw<Row[]>`
    select s.provider, s.state, s.phone_number_id, s.waba_id, s.texts_per_second, o.language,
      -- Of the newest few, since a time of the provider that is yet to come counts as that of its arrival.
      (select max(least(received_at, created_at)) from (select received_at, created_at from inbound_messages
        where org_id = o.id and conversation_id = ${conversationId}::uuid and channel = 'whatsapp' and to_number = ${from}
        order by received_at desc limit 5) newest) as wrote_at,
      (select string_agg(body, ' ') from (select body from inbound_messages
        where org_id = o.id and conversation_id = ${conversationId}::uuid order by seq desc limit 5) newest) as last_words,
      coalesce((select json_agg(json_build_object('id', t.id, 'provider', t.provider, 'account', t.account,
          'externalId', t.external_id, 'name', t.name, 'language', t.language, 'category', t.category, 'kinds', t.kinds,
          'body', t.body, 'valueNames', t.value_names, 'choices', t.choices, 'approvedAt', t.state_at))
        from message_templates t where t.org_id = o.id and t.state = 'approved' and t.external_id is not null
          and ${kind} = any (t.kinds)), '[]') as templates,
      exists (select from outbound_messages n where n.org_id = o.id and n.conversation_id = ${conversationId}::uuid
        and n.not_on_whatsapp_at > ${toDate(now.subtract(absenceLasts))} and not exists (select from inbound_messages i
          where i.org_id = n.org_id and i.conversation_id = n.conversation_id and i.channel = 'whatsapp'
            and i.created_at >= n.not_on_whatsapp_at)) as is_absent
    from organizations o left join lateral (
      select provider, state, phone_number_id, waba_id, texts_per_second from whatsapp_senders w where w.org_id = o.id and w.e164 = ${from}
      order by w.state <> 'online', w.created_at desc limit 1) s on true
    where o.id = ${orgId}::uuid`;
  const wroteAt = row?.wrote_at == null ? null : toInstant(row.wrote_at);
  if (row === undefined || row.provider === null) {
    const onWhatsApp = { senderIsOnline: false, wroteAt, closedAt, template: null };
    return { home: null, onWhatsApp, isAbsent: row?.is_absent === true };
  }
  const { provider, phone_number_id: phoneNumberId, waba_id: account } = row;
  const sender = { provider, account: provider === 'meta' ? account : null };
  const templates = row.templates.map(asTemplate);
  const template = chooseTemplate({ ...text, languages: languagesOf(row) }, sender, templates);
  return {
    home: {
      channel: 'whatsapp',
      number: from,
      carrier: provider,
      messagingProfileId: phoneNumberId ?? from,
      textsPerSecond: row.texts_per_second ?? textsPerSecond,
      campaign: null,
    },
    onWhatsApp: { senderIsOnline: row.state === 'online', wroteAt, closedAt, template },
    isAbsent: row.is_absent,
  };
}

/** The person's, as their last words show it, then the clinic's. */
function languagesOf({ last_words: words, language }: Row): string[] {
  return [...new Set([...(words === null ? [] : [languageOf(words)]), language])];
}

function asTemplate({ approvedAt, ...template }: TemplateRow): ApprovedTemplate {
  return { ...template, approvedAt: Temporal.Instant.from(approvedAt) };
}
