import { TextRequestedV1 } from '@frontdesk/contracts';
import { appendEvent, type Database } from '@frontdesk/db';
import { newId, systemClock, type Id } from '@frontdesk/kernel';

/** Commits one event per recipient named, in the order given, each in a transaction of its own. Returns the event ids. */
export async function commitTexts(database: Database, orgId: Id, recipients: readonly Id[]): Promise<Id[]> {
  const ids: Id[] = [];
  for (const recipientId of recipients) ids.push(await commitText(database, orgId, recipientId));
  return ids;
}

export function commitText(database: Database, orgId: Id, recipientId: Id): Promise<Id> {
  return database.inTenant(orgId, (tx) =>
    appendEvent(tx, {
      definition: TextRequestedV1,
      orgId,
      data: { messageId: newId(), recipientId },
      occurredAt: systemClock(),
      correlationId: recipientId,
      causationId: null,
    }),
  );
}
