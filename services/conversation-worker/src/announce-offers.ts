import { TimesOfferedV1 } from '@frontdesk/contracts';
import { appendEvent } from '@frontdesk/db';
import type { DeskPorts } from '@frontdesk/conversation';
import { followsUpOffers } from '@frontdesk/messaging/postgres';
import { recordOffers } from '@frontdesk/scheduling/postgres';

/** Records what is offered, and tells whoever follows up on it when the clinic wants that. */
export const recordAndAnnounceOffers: DeskPorts['recordOffers'] = async (tx, offered) => {
  const { orgId, conversationId, causationId, now } = offered;
  const offers = await recordOffers(tx, offered);
  if (offers.length > 0 && (await followsUpOffers(tx, orgId))) {
    await appendEvent(tx, {
      definition: TimesOfferedV1,
      orgId,
      data: { conversationId },
      occurredAt: now,
      correlationId: conversationId,
      causationId,
    });
  }
  return offers;
};
