import { toDate, type TenantTransaction } from '@frontdesk/db';
import { present, type Id, type PersonAddress } from '@frontdesk/kernel';
import { clearToSend, waitsForCampaign, type SuppressionReason } from '../clear-to-send.ts';
import type { TextTasks } from '../ports.ts';
import { chooseRoute, hasOtherWay } from '../route.ts';
import type { NoRoom } from '../waiting-line.ts';
import type { ChosenTemplate } from '../whatsapp/choose-template.ts';
import { limitsOf, type Ways } from '../ways.ts';
import { actor } from './actor.ts';
import { awaitCampaign } from './await-campaign.ts';
import { awaitSender, endWait } from './await-sender.ts';
import { wordsToLeave } from './first-words.ts';
import { leaveBySms } from './leave-by-sms.ts';
import { lockQueuedText } from './lock-text.ts';
import type { LockedText } from './locked-text.ts';
import { holdTemplate } from './read-templates.ts';
import { startAttempt, type ClaimedText } from './start-attempt.ts';
import { suppressText, tellOfSuppression } from './suppress-text.ts';
import { takeRoom } from './take-room.ts';

export type Claim =
  | { kind: 'claimed'; text: ClaimedText }
  | { kind: 'wait'; until: Temporal.Instant }
  /** It stays queued and due; no try is counted. */
  | { kind: 'no-room'; noRoom: NoRoom }
  /** Others wait where it would leave from: it stays queued and due behind them. */
  | { kind: 'in-line' }
  /** It never leaves. */
  | { kind: 'suppressed'; reason: SuppressionReason }
  /** Sent before, or in other hands: nothing to do here. */
  | { kind: 'nothing' };

export type ClaimRequest = {
  orgId: Id;
  messageId: Id;
  now: Temporal.Instant;
  /** Its turn has come: it passes those that wait. */
  itsTurn: boolean;
};

const nothing: Claim = { kind: 'nothing' };

/**
 * Takes a queued text through the last gate and, when it may leave and there is room for it, records the attempt before anybody
 * calls the carrier. After the commit the text counts as possibly sent, whatever becomes of this process.
 */
export async function claimText(
  tx: TenantTransaction,
  request: ClaimRequest,
  { ways, tasks }: { ways: Ways; tasks: TextTasks },
): Promise<Claim> {
  const { orgId, messageId, now } = request;
  const text = await lockQueuedText(tx, { orgId, messageId, now: toDate(now) });
  if (text === null) return nothing;
  if (Temporal.Instant.compare(text.dueAt, now) > 0) return { kind: 'wait', until: text.dueAt };
  // From here on it is an SMS, and judged as one.
  if (text.smsInstead !== null && (await leaveBySms(tx, { ...request, triedAt: null }))) {
    await endWait(tx, { ...request, text }, tasks);
    return claimText(tx, request, { ways, tasks });
  }
  const clearance = clearToSend(text, now);
  switch (clearance.kind) {
    case 'suppressed':
      return giveUp(tx, { ...request, text, reason: clearance.reason }, tasks);
    case 'wait':
      if (clearance.lacks === 'sender') {
        await awaitSender(tx, { ...request, text, until: clearance.until }, tasks);
        return { kind: 'wait', until: clearance.until };
      }
      if (clearance.lacks === 'campaign') {
        await awaitCampaign(tx, { ...request, until: clearance.until });
        return { kind: 'wait', until: clearance.until };
      }
      await tx.$executeRaw`
        update outbound_messages set next_attempt_at = ${toDate(clearance.until)}, reason = nullif(reason, ${waitsForCampaign})
        where org_id = ${orgId}::uuid and id = ${messageId}::uuid`;
      return { kind: 'wait', until: clearance.until };
    case 'cleared':
      // Retired since it was chosen: the gate chooses anew.
      if (clearance.template !== null && !(await holdTemplate(tx, { orgId, id: clearance.template.id }))) {
        return { kind: 'wait', until: now };
      }
      return takeWay(tx, { ...request, ...clearance, text }, { ways, tasks });
  }
}

async function giveUp(
  tx: TenantTransaction,
  { text, ...suppressed }: ClaimRequest & { text: LockedText; reason: SuppressionReason },
  tasks: TextTasks,
): Promise<Claim> {
  await suppressText(tx, { ...suppressed, actor });
  await tellOfSuppression(tx, { ...text, ...suppressed }, tasks);
  await endWait(tx, { ...suppressed, text }, tasks, suppressed.reason);
  return { kind: 'suppressed', reason: suppressed.reason };
}

/** Finds the carrier for a text that may leave, and room there. */
async function takeWay(
  tx: TenantTransaction,
  request: ClaimRequest & { text: LockedText; to: PersonAddress; template: ChosenTemplate | null },
  { ways, tasks }: { ways: Ways; tasks: TextTasks },
): Promise<Claim> {
  const { text, template, now, itsTurn } = request;
  const { standIns, tries } = text;
  const home = present(text.home, 'the number of the text'); // the gate has seen to it
  const isConnected = (carrier: string) => ways.carriers.has(carrier as typeof home.carrier); // any other name has no account
  const accountOf = (carrier: typeof home.carrier) => present(ways.carriers.get(carrier), 'the account at the carrier');
  const { failoverAfter, line } = ways;
  if (!itsTurn && line.isBusy(home)) return { kind: 'in-line' };
  const enter = (carrier: typeof home.carrier) => accountOf(carrier).circuit.enter(now);
  const route = chooseRoute({ home, standIns, tries }, { isConnected, enter, failoverAfter });
  if (route.kind === 'closed') return { kind: 'no-room', noRoom: { ...home, whole: 'number', until: route.until } };
  if (route.kind === 'nowhere') return giveUp(tx, { ...request, reason: 'no-carrier' }, tasks);
  const { number } = route;
  const body = template === null ? await wordsToLeave(tx, { ...request, ...text }) : template.body;
  const leaving = { ...text, body };
  // Last, since everybody at this carrier waits from here to the commit.
  const limits = limitsOf(number, accountOf(number.carrier));
  const noRoom = await takeRoom(tx, { place: number, limits, now });
  if (noRoom !== null) return { kind: 'no-room', noRoom: inLineOf(home, noRoom) };
  await endWait(tx, request, tasks);
  const otherWay = hasOtherWay([home, ...standIns], tries, { carrier: number.carrier, isConnected });
  return { kind: 'claimed', text: await startAttempt(tx, { ...request, text: leaving, leaving: route, otherWay }) };
}

/** A text waits in the line of its own number, wherever it would leave from. */
function inLineOf({ channel, number, carrier }: LockedText['standIns'][number], noRoom: NoRoom): NoRoom {
  const whole = noRoom.carrier === carrier ? noRoom.whole : 'number';
  return { channel, number, carrier, whole, until: noRoom.until };
}
