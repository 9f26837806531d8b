import { toDate, type TenantTransaction } from '@frontdesk/db';
import { NotFound, type Id } from '@frontdesk/kernel';
import { historyLength, mostTexts, repliesCounted } from '../settings.ts';
import type { PastText, Step, UnansweredText } from '../turn.ts';

export type Thread = {
  phone: string;
  optedOut: boolean;
  greeted: boolean;
  texts: UnansweredText[];
  history: PastText[];
  lastChoices: string[];
  repliesLastHour: number;
  /** A turn that died, with what it had stored. */
  running: { id: Id; lastSeq: number; steps: Step[] } | null;
};

type Row = {
  phone: string;
  opted_out: boolean;
  greeted: boolean;
  texts: UnansweredText[] | null;
  history: PastText[] | null;
  last_choices: string[] | null;
  replies_last_hour: number;
  running: { id: Id; lastSeq: number; steps: Step[] | null } | null;
};

/**
 * All that a turn must know of what was said, in one round trip. Texts that never reached the person are left out. A
 * person's text stands where it was answered, by the same clock as the answer: that of ingress may differ.
 */
export async function loadThread(
  tx: TenantTransaction,
  { orgId, conversationId, now }: { orgId: Id; conversationId: Id; now: Temporal.Instant },
): Promise<Thread> {
  const [row] = await tx.$queryRaw<Row[]>`
    select p.phone,
      exists (select from opt_outs o where o.org_id = p.org_id and o.phone = p.phone) as opted_out,
      exists (select from outbound_messages m where m.org_id = c.org_id and m.conversation_id = c.id
        and m.state not in ('failed', 'suppressed', 'undelivered')
        and m.class in ('reply', 'missed-call') and m.kind <> 'by-hand') as greeted,
      (select count(*)::int from (select class, created_at from outbound_messages
          where org_id = c.org_id and conversation_id = c.id order by seq desc limit ${repliesCounted}) as lately
        where class = 'reply' and created_at > ${toDate(now)}::timestamptz - interval '1 hour') as replies_last_hour,
      (select jsonb_agg(jsonb_build_object('id', id, 'seq', seq, 'body', body, 'hasCardNumber', has_card_number,
          'choiceId', choice_id, 'attachments', attachments) order by seq)
        from (select id, seq, body, has_card_number, choice_id, attachments from inbound_messages
          where org_id = c.org_id and conversation_id = c.id and handled_by is null
          order by seq limit ${mostTexts}) as unanswered) as texts,
      (select jsonb_agg(jsonb_build_object('from', speaker, 'body', body, 'class', class,
          'attachments', attachments) order by at, speaker desc, seq)
        from (select * from (
          (select 'person' as speaker, body, null as class, attachments, coalesce(handled_at, created_at) as at, seq
            from inbound_messages
            where org_id = c.org_id and conversation_id = c.id and handled_by in ('turn', 'card-answer', 'handed-off')
            order by seq desc limit ${historyLength})
          union all
          (select 'desk', body, class, '{}', created_at, seq from outbound_messages
            where org_id = c.org_id and conversation_id = c.id and state not in ('failed', 'suppressed', 'undelivered')
            order by seq desc limit ${historyLength})) as both_ways
          order by at desc, speaker, seq desc limit ${historyLength}) as latest) as history,
      (select case when channel = 'whatsapp' and template_id is null then jsonb_path_query_array(choices, '$[*].id') end
        from outbound_messages where org_id = c.org_id and conversation_id = c.id
          and state not in ('failed', 'suppressed', 'undelivered')
        order by seq desc limit 1) as last_choices,
      (select jsonb_build_object('id', t.id, 'lastSeq', t.last_inbound_seq, 'steps',
          (select jsonb_agg(jsonb_build_object('answer', s.response, 'results', coalesce(s.tool_results -> 'results', '[]'),
            'correction', s.tool_results -> 'correction') order by s.step)
            from turn_steps s where s.org_id = t.org_id and s.turn_id = t.id))
        from turns t where t.org_id = c.org_id and t.conversation_id = c.id and t.state = 'running') as running
    from conversations c join contacts p on p.org_id = c.org_id and p.id = c.contact_id
    where c.org_id = ${orgId}::uuid and c.id = ${conversationId}::uuid`;
  if (row === undefined) throw new NotFound(`conversation ${conversationId} is not known`);
  return {
    phone: row.phone,
    optedOut: row.opted_out,
    greeted: row.greeted,
    texts: row.texts ?? [],
    history: row.history ?? [],
    lastChoices: row.last_choices ?? [],
    repliesLastHour: row.replies_last_hour,
    running: row.running === null ? null : { ...row.running, steps: row.running.steps ?? [] },
  };
}
