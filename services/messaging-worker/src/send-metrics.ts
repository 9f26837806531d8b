import type { Clock } from '@frontdesk/kernel';
import {
  contentWarnings,
  countSegments,
  type AttemptSendPorts,
  type NoRoom,
  type SuppressionReason,
} from '@frontdesk/messaging';
import type { TextMove } from '@frontdesk/messaging/postgres';
import { meter } from '@frontdesk/runtime';
import { optOutCounter } from './opt-out-counter.ts';
import { makeReplyTime } from './reply-time.ts';
import { retryCause } from './retry-cause.ts';

/** Reminders are asked for when they may leave, but a night may lie between. */
const toCarrierBuckets = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 3_600, 14_400, 43_200];
const toDeliveredBuckets = [0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 3_600, 43_200];

export type SendMetrics = ReturnType<typeof makeSendMetrics>;

/** What sending tells Prometheus, besides the calls to the carrier themselves. */
export function makeSendMetrics(clock: Clock) {
  const turnedAway = meter().createCounter('frontdesk_messaging_turned_away', {
    description: 'times that a text found no room at its carrier, by what had none',
  });
  const standIns = meter().createCounter('frontdesk_messaging_stand_in_sends', {
    description: 'texts that left by another carrier than that of their number, by its answer',
  });
  const out = meter().createCounter('frontdesk_messaging_texts_out', {
    description: 'texts that came to a state, by carrier; one text comes to several',
  });
  const suppressed = meter().createCounter('frontdesk_messaging_suppressed', {
    description: 'texts that never leave, by reason',
  });
  const retries = meter().createCounter('frontdesk_messaging_retries', {
    description: 'texts that are to be tried again, by carrier and cause',
  });
  const segments = meter().createCounter('frontdesk_messaging_segments', {
    description: 'parts of texts that carriers took, which is what they bill',
  });
  const warnings = meter().createCounter('frontdesk_messaging_content_warnings', {
    description: 'texts that carriers took though their words may be filtered, by what of them',
  });
  const toCarrier = meter().createHistogram('frontdesk_messaging_to_carrier_seconds', {
    description: 'time from asking for a text until a carrier took it',
    unit: 's',
    advice: { explicitBucketBoundaries: toCarrierBuckets },
  });
  const toDelivered = meter().createHistogram('frontdesk_messaging_to_delivered_seconds', {
    description: 'time from the try that a carrier took until it says that the text was delivered',
    unit: 's',
    advice: { explicitBucketBoundaries: toDeliveredBuckets },
  });
  const optOuts = optOutCounter();
  const replyTime = makeReplyTime(clock);

  const onAnswer: NonNullable<AttemptSendPorts['onAnswer']> = (text, answer) => {
    replyTime(text, answer);
    const { carrier: provider } = text;
    if (text.isStandIn) standIns.add(1, { provider, outcome: answer.kind });
    if (answer.kind === 'refused' && answer.optedOut) optOuts.add(1, { source: 'carrier' });
    if (answer.kind !== 'accepted') return;
    if (text.channel === 'sms') {
      const counted = countSegments(text.body);
      segments.add(counted.segments, { provider, encoding: counted.encoding });
      for (const { code } of contentWarnings(text.body)) warnings.add(1, { provider, code });
    }
    const seconds = clock().since(text.askedAt).total('seconds');
    toCarrier.record(seconds, { provider, class: text.class });
  };
  const onVerdict: NonNullable<AttemptSendPorts['onVerdict']> = ({ carrier: provider }, verdict) => {
    if (verdict.state === 'queued') retries.add(1, { provider, cause: retryCause(verdict) });
    else if (verdict.state === 'suppressed') suppressed.add(1, { reason: 'stopped-at-carrier' });
    else out.add(1, { provider, status: verdict.state });
  };
  return {
    onAnswer,
    onVerdict,
    onSuppressed: (reason: SuppressionReason) => suppressed.add(1, { reason }),
    onMove: ({ provider, state, attemptedAt }: TextMove) => {
      out.add(1, { provider, status: state });
      if (state === 'delivered') toDelivered.record(clock().since(attemptedAt).total('seconds'), { provider });
    },
    onTurnedAway: ({ carrier: provider, whole }: NoRoom) => turnedAway.add(1, { provider, whole }),
  };
}
