import { addressWords } from '@frontdesk/kernel';
import { depositQuestion, fixedTexts } from '../fixed-texts.ts';
import { depositDue, depositStanding, siteOf } from '../situation.ts';
import { timeLabel } from '../time-words.ts';
import { refuse, type ToolAnswer, type ToolContext } from './tool.ts';

/**
 * Gives the question that the person must answer before anything is booked. A clinic that wants a deposit and cannot take
 * one gets a task instead: the team finishes the booking by phone.
 */
export async function offerDeposit(context: ToolContext): Promise<ToolAnswer> {
  const { tx, ports, turn, situation } = context;
  const { appointment, clinic, lead, now } = situation;
  if (appointment?.state === 'confirmed') return refuse('The visit is booked already; nothing is to be asked.');
  if (appointment?.state !== 'held')
    return refuse('No time is held. Let them choose an offered time and call hold_time first.');
  if (situation.consent === 'no')
    return refuse('They have just declined. Do not ask again; offer that the team calls them.');
  const standing = depositStanding(situation);
  if (standing === 'requested' || standing === 'link_sent' || standing === 'failed') {
    return refuse('They agreed already. Do not ask again.');
  }
  const due = depositDue(situation, ports);
  const site = siteOf(clinic);
  if (due === null || site.takesDeposits) {
    return { result: { ask: depositQuestion(appointment, site.timeZone, due) }, effect: 'asked' };
  }
  await ports.askStaff(tx, {
    orgId: turn.orgId,
    conversationId: turn.conversationId,
    kind: 'no-deposit-account',
    reason:
      'A time is held, but this clinic has no account to take the deposit. Call the patient to finish the booking.',
    notice: `${lead.firstName ?? 'A patient'} ${addressWords(turn.phone)} chose ${timeLabel(appointment.startsAt, site.timeZone)}, but no deposit account is set up. Please call to finish the booking.`,
    causeKey: `no-deposit-account:${appointment.id}`,
    from: turn.clinicNumber,
    appointmentId: appointment.id,
    causationId: turn.causationId,
    now,
  });
  return {
    ...refuse(`No deposit can be taken by link here. Tell them: ${fixedTexts.noAccount}`),
    effect: 'team-asked',
  };
}
