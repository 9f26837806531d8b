import type { Clock } from '@frontdesk/kernel';
import type { AttemptSendPorts, NoRoom } from '@frontdesk/messaging';
import { meter } from '@frontdesk/runtime';
import { makeReplyTime } from './reply-time.ts';

/** What sending tells Prometheus, besides the calls to the carrier themselves. */
export function makeSendMetrics(clock: Clock): {
  onAnswer: NonNullable<AttemptSendPorts['onAnswer']>;
  onTurnedAway: (noRoom: NoRoom) => void;
} {
  const turnedAway = meter().createCounter('frontdesk_messaging_turned_away', {
    description: 'times that a text found no room at its carrier, by what had none',
  });
  const standIns = meter().createCounter('frontdesk_messaging_stand_in_sends', {
    description: 'texts that left by another carrier than that of their number, by its answer',
  });
  const replyTime = makeReplyTime(clock);
  return {
    onAnswer(text, answer) {
      replyTime(text, answer);
      if (text.isStandIn) standIns.add(1, { provider: text.carrier, outcome: answer.kind });
    },
    onTurnedAway: ({ carrier: provider, whole }) => turnedAway.add(1, { provider, whole }),
  };
}
