import { allQueues } from '../queues/all-queues.ts';
import { readEnvelope, whyUnknown } from '@frontdesk/queue';
import { catalogue } from '@frontdesk/contracts';
import { storyOf } from './what-waits.ts';
import type { Refusal } from './why-refused.ts';

/** A message that nothing came of, told so that a person can decide about it. */
export type DeadLetter = {
  /** Of the parked message's row, or SQS's id of the message. */
  id: string;
  /** `parked`: a handler refused it. `dead-letter-queue`: it killed the process, ten times. */
  place: 'parked' | 'dead-letter-queue';
  /** Where it was to be handled, and where a redrive puts it. */
  queue: string;
  eventId: string | null;
  type: string | null;
  orgId: string | null;
  since: Temporal.Instant;
  tries: number;
  why: string;
  /** What has not happened because of it. */
  waits: string;
  /** What a redrive does. */
  redrive: string;
  /** A redrive could only park it again, as things are deployed. */
  futile: boolean;
  /** Null: it still waits for somebody. */
  settled: { how: 'redriven' | 'dismissed'; by: string; at: Temporal.Instant } | null;
  body: string;
};

export type FoundMessage = Pick<DeadLetter, 'id' | 'place' | 'queue' | 'since' | 'settled' | 'body'> & {
  refusal: Refusal;
};

export function deadLetter({ refusal, ...found }: FoundMessage): DeadLetter {
  const reading = readEnvelope(found.body);
  const base = { ...found, ...refusal };
  if (reading.kind === 'unreadable') {
    return {
      ...base,
      eventId: null,
      type: null,
      orgId: null,
      waits: `nobody knows: ${reading.reason}`,
      redrive: 'it will only be parked again: no service can read it',
      futile: true,
    };
  }
  const { envelope } = reading;
  const { id: eventId, type, orgId } = envelope;
  const story = storyOf(envelope);
  const known = catalogue.some((definition) => definition.type === type && definition.queue === found.queue);
  const waits = story?.waits ?? `whatever ${type} is about, in the story ${envelope.correlationId}`;
  return { ...base, eventId, type, orgId, waits, ...outlook() };

  function outlook(): Pick<DeadLetter, 'redrive' | 'futile'> {
    if (!known) {
      const unless = `it will only be parked again, unless a service that knows ${type} is deployed`;
      return { redrive: `${unless} (${whyUnknown(type)})`, futile: true };
    }
    if (story === null)
      return { redrive: `it will only be parked again: the data of ${type} does not fit`, futile: true };
    const service = allQueues.find(({ name }) => name === found.queue)?.service ?? 'its service';
    return { redrive: `${service} handles it, unless it did already: ${story.outcome}`, futile: false };
  }
}
