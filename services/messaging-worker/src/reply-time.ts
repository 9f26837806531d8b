import type { Clock } from '@frontdesk/kernel';
import type { AttemptSendPorts } from '@frontdesk/messaging';
import { meter } from '@frontdesk/runtime';

const buckets = [0.5, 1, 2, 3, 4, 5, 7.5, 10, 15, 20, 30, 60, 300];

/** How long people wait for an answer: from their text to the carrier's word that it has the reply. */
export function makeReplyTime(clock: Clock): NonNullable<AttemptSendPorts['onAnswer']> {
  const seconds = meter().createHistogram('frontdesk_messaging_reply_seconds', {
    description: 'time from the arrival of a text until the carrier took the reply',
    unit: 's',
    advice: { explicitBucketBoundaries: buckets },
  });
  return ({ answers }, answer) => {
    if (answers === null || answer.kind !== 'accepted') return;
    seconds.record(clock().since(answers.since).total('seconds'), { first: answers.first ? 'yes' : 'no' });
  };
}
