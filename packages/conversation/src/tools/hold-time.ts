import { formatMoney, isId } from '@frontdesk/kernel';
import { depositDue, serviceOf, siteOf, standingOffers } from '../situation.ts';
import { timeLabel } from '../time-words.ts';
import { offeredJson, offerTimes } from './offer-times.ts';
import { refuse, type ToolAnswer, type ToolContext } from './tool.ts';

export async function holdTime(context: ToolContext, { time_id: timeId }: { time_id: string }): Promise<ToolAnswer> {
  const { tx, ports, turn, situation, effectKey, holdFor } = context;
  if (standingOffers(situation).length === 0)
    return refuse('No time is on offer. Call find_times and let them choose.');
  if (!isId(timeId)) return unknownTime(context);
  const held = await ports.hold(tx, {
    orgId: turn.orgId,
    conversationId: turn.conversationId,
    contactId: turn.contactId,
    offerId: timeId,
    causeKey: effectKey,
    now: situation.now,
    holdFor,
  });
  switch (held.kind) {
    case 'held': {
      const next = { ...situation, appointment: held.appointment };
      const due = depositDue(next, ports);
      return {
        result: {
          held: true,
          label: timeLabel(held.appointment.startsAt, siteOf(situation.clinic).timeZone),
          practitioner: held.appointment.practitionerName,
          service: serviceOf(situation.clinic, held.appointment.serviceId)?.name ?? 'visit',
          deposit: due === null ? null : formatMoney(due),
        },
        situation: next,
      };
    }
    case 'taken':
    case 'past': {
      const { offers } = await offerTimes(context, {});
      const answer = refuse('That time was just taken. Say so and offer these instead.', {
        times: offeredJson(situation, offers),
      });
      return { ...answer, effect: 'taken', situation: { ...situation, offers } };
    }
    case 'unknown-offer':
      return unknownTime(context);
  }
}

function unknownTime({ situation }: ToolContext): ToolAnswer {
  return refuse('That time was not offered to this person. Use a time_id of these.', {
    times: offeredJson(situation, standingOffers(situation)),
  });
}
