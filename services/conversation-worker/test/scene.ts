import { makeTakeTurn, type Model, type TurnSettings } from '@frontdesk/conversation';
import type { Database } from '@frontdesk/db';
import { newId, nullLogger, present, type Id } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { desk } from '../src/desk.ts';

/** Friday, November 20, 2026, 10 AM in Phoenix. */
export const now = Temporal.Instant.from('2026-11-20T17:00:00Z');

export type Scene = {
  server: TestDatabase;
  worker: Database;
  ingress: Database;
};

export async function openScene(): Promise<Scene> {
  const server = await createTestDatabase();
  return {
    server,
    worker: server.as('frontdesk_conversation_worker'),
    ingress: server.as('frontdesk_webhook_ingress'),
  };
}

export type Patient = {
  orgId: Id;
  clinic: ClinicDefinition;
  contactId: Id;
  conversationId: Id;
  phone: string;
  /** The text is there, as ingress leaves it. */
  texts(body: string, more?: { card?: boolean; tapped?: string; channel?: 'sms' | 'whatsapp' }): Promise<Id>;
  /** How many texts nobody has taken yet. */
  openTexts(): Promise<number>;
  /** What there was to tap under the last text. */
  choices(): Promise<{ id: string; title: string }[]>;
  /** What the last text says by name, for a template. */
  values(): Promise<Record<string, string>>;
  /** As if everything so far had been said on WhatsApp. */
  isOnWhatsApp(): Promise<void>;
  /** What was said to the person, oldest first. */
  heard(): Promise<string[]>;
  lead(): Promise<Record<string, unknown>>;
  turns(): Promise<{ id: Id; state: string; failure: string | null }[]>;
  events(type: string): Promise<Record<string, unknown>[]>;
  tasks(): Promise<{ kind: string; reason: string }[]>;
  notices(): Promise<string[]>;
};

export const newClinic = ({ server }: Scene, change: Partial<ClinicDefinition> = {}) =>
  createTestClinic(server.owner, change);

let people = 0;

export async function meet({ server, ingress }: Scene, clinic: ClinicDefinition): Promise<Patient> {
  const orgId = clinic.id;
  const [contactId, conversationId] = [newId(), newId()];
  const phone = `+1602555${String(2000 + people++)}`;
  const clinicNumber = clinic.location.number;
  await ingress.inTenant(orgId, async (tx) => {
    await tx.$executeRaw`insert into contacts (org_id, id, phone) values (${orgId}::uuid, ${contactId}::uuid, ${phone})`;
    await tx.$executeRaw`insert into conversations (org_id, id, contact_id, clinic_number)
      values (${orgId}::uuid, ${conversationId}::uuid, ${contactId}::uuid, ${clinicNumber})`;
  });
  const rows = async <Row>(sql: string, ...values: unknown[]) => (await server.owner.query(sql, values)).rows as Row[];
  return {
    orgId,
    clinic,
    contactId,
    conversationId,
    phone,
    async texts(body, { card = false, tapped, channel = 'sms' } = {}) {
      const id = newId();
      await ingress.inTenant(orgId, async (tx) => {
        await tx.$executeRaw`insert into inbound_messages (org_id, id, conversation_id, channel, from_number, to_number, body,
            has_card_number, choice_id, digest, provider, provider_message_id, received_at)
          values (${orgId}::uuid, ${id}::uuid, ${conversationId}::uuid, ${channel}, ${phone}, ${clinicNumber}, ${body}, ${card}, ${tapped ?? null},
            ${Buffer.from(body)}, 'telnyx', ${id}, now())`;
        await tx.$executeRaw`update conversations set last_inbound_at = now()
          where org_id = ${orgId}::uuid and id = ${conversationId}::uuid`;
      });
      return id;
    },
    openTexts: async () =>
      (await rows('select 1 from inbound_messages where conversation_id = $1 and handled_by is null', conversationId))
        .length,
    heard: async () =>
      (
        await rows<{ body: string }>('select body from outbound_messages where contact_id = $1 order by seq', contactId)
      ).map(({ body }) => body),
    choices: async () =>
      (
        await rows<{ choices: { id: string; title: string }[] }>(
          'select choices from outbound_messages where contact_id = $1 order by seq desc limit 1',
          contactId,
        )
      ).flatMap(({ choices }) => choices),
    values: async () =>
      present(
        (
          await rows<{ values: Record<string, string> }>(
            'select template_values as values from outbound_messages where contact_id = $1 order by seq desc limit 1',
            contactId,
          )
        )[0],
        'the text',
      ).values,
    isOnWhatsApp: async () =>
      void (await rows("update outbound_messages set channel = 'whatsapp' where contact_id = $1", contactId)),
    lead: async () =>
      present(
        (await rows<Record<string, unknown>>('select * from leads where contact_id = $1', contactId))[0],
        'the lead',
      ),
    turns: () =>
      rows('select id, state, failure from turns where conversation_id = $1 order by started_at, id', conversationId),
    events: async (type) =>
      (
        await rows<{ data: Record<string, unknown> }>(
          "select envelope->'data' as data from outbox where org_id = $1 and envelope->>'type' = $2 and envelope->>'correlationId' = $3 order by id",
          orgId,
          type,
          conversationId,
        )
      ).map(({ data }) => data),
    tasks: () =>
      rows('select kind, reason from staff_tasks where conversation_id = $1 order by created_at', conversationId),
    notices: async () =>
      (
        await rows<{ body: string }>(
          'select body from outbound_messages where org_id = $1 and staff_member_id is not null order by seq',
          orgId,
        )
      ).map(({ body }) => body),
  };
}

export type Replace = {
  settings?: Partial<TurnSettings>;
  clock?: () => Temporal.Instant;
  wait?: (ms: number) => Promise<void>;
};

/** Runs a turn as the worker would at the bell of a text. */
export function answerWith(
  { worker }: Scene,
  model: Model,
  { settings = {}, clock = () => now, wait = async () => {} }: Replace = {},
) {
  const takeTurn = makeTakeTurn({
    database: worker,
    ports: desk,
    model,
    clock,
    wait,
    logger: nullLogger,
    settings: {
      burstQuietMs: 0,
      deadlineMs: 5_000,
      leaseMs: 5_000,
      handOffFor: Temporal.Duration.from({ hours: 24 }),
      mostRepliesPerHour: 40,
      holdFor: Temporal.Duration.from({ minutes: 15 }),
      ...settings,
    },
  });
  return ({ orgId, conversationId }: Patient) =>
    takeTurn({ orgId, conversationId, causationId: null, commit: (work) => worker.inTenant(orgId, work) });
}
