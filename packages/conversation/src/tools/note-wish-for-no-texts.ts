import { OptOutUnderstoodV1 } from '@frontdesk/contracts';
import { appendEvent } from '@frontdesk/db';
import { says } from '../understanding/words.ts';
import { refuse, type ToolAnswer, type ToolContext } from './tool.ts';

/**
 * The person wants no more texts and said so in a way that no rule saw. It ends the turn without a reply. Code still decides: it
 * counts only for words of a text that this turn answers, and nothing undoes it but the person.
 */
export async function noteWishForNoTexts(
  { tx, turn, situation }: ToolContext,
  { quote }: { quote: string },
): Promise<ToolAnswer> {
  const text = turn.texts.findLast(({ body }) => says(body, quote));
  if (text === undefined) {
    return refuse(
      'None of the texts that you are answering says that. Quote their own words exactly, or go on without this tool.',
    );
  }
  await appendEvent(tx, {
    definition: OptOutUnderstoodV1,
    orgId: turn.orgId,
    data: { messageId: text.id, contactId: turn.contactId },
    occurredAt: situation.now,
    correlationId: turn.conversationId,
    causationId: turn.causationId,
  });
  return { result: { noted: true }, effect: 'opted-out' };
}
