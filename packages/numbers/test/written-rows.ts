import { inTenants, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id, type PhoneNumber } from '@frontdesk/kernel';
import { createTestPerson } from '@frontdesk/testkit';
import type { Stage } from './stage.ts';

type Clinic = Awaited<ReturnType<Stage['clinic']>>;

export async function suppressTextsFrom(tx: TenantTransaction, from: { orgId: Id; number: string }) {
  return tx.$executeRaw`
    update outbound_messages set state = 'suppressed'
    where org_id = ${from.orgId}::uuid and from_number = ${from.number} and state = 'queued'`;
}

/** A text that waits to leave from the number. */
export async function writeText({ server }: Stage, of: Clinic, number: PhoneNumber): Promise<Id> {
  const person = await createTestPerson(server.owner, of);
  const id = newId();
  await inTenants(server.owner, [of.id], (client) =>
    client.query(
      `insert into outbound_messages (org_id, id, conversation_id, contact_id, from_number, to_number, class, kind, body,
         cause_key, state, next_attempt_at, created_at)
       values ($1, $2::uuid, $3, $4, $5, $6, 'reply', 'answer', 'Hello', $2::text, 'queued', now(), now())`,
      [of.id, id, person.conversationId, person.contactId, number, person.phone],
    ),
  );
  return id;
}

/** The number in the clinic's books, without the carrier's id of it. */
export async function enterByHand({ server }: Stage, { id, location }: Clinic, number: PhoneNumber): Promise<void> {
  await inTenants(server.owner, [id], (client) =>
    client.query(
      `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id) values ($1, $2, $3, 'profile')`,
      [number, id, location.id],
    ),
  );
}

/** A verified brand with campaigns in these states. */
export async function writeCampaigns({ server }: Stage, { id }: Clinic, states: readonly string[]): Promise<void> {
  const brand = newId();
  await inTenants(server.owner, [id], async (client) => {
    await client.query(
      `insert into tendlc_brands (org_id, id, state, details, created_at, state_at)
       values ($1, $2, 'verified', '{}', now(), now())`,
      [id, brand],
    );
    for (const state of states) {
      await client.query(
        `insert into tendlc_campaigns (org_id, id, brand_id, state, details, external_id, created_at, state_at)
         values ($1, $2, $3, $4, '{}', 'C1', now(), now())`,
        [id, newId(), brand, state],
      );
    }
  });
}
