import { recordAudit, type TenantTransaction } from '@frontdesk/db';
import { addressWords, parsePhoneNumber, type Clock, type Id } from '@frontdesk/kernel';
import type { DeskPorts } from './desk-ports.ts';
import { missedCallText, missedCallWhileHandedOffText } from './fixed-texts.ts';
import { judgeCall, type CallOutcome } from './missed-call.ts';
import { lockCall, recordOutcome } from './postgres/calls.ts';

type Dependencies = {
  ports: DeskPorts;
  clock: Clock;
  callerWindow: Temporal.Duration;
  /** A hand-over from longer ago has ended. */
  handOffFor: Temporal.Duration;
};

/** Judges an ended call and texts a missed caller back, once per call and once per caller in a while. */
export function makeDecideCall({ ports, clock, callerWindow, handOffFor }: Dependencies) {
  const handOffMs = handOffFor.total('milliseconds');
  return async function decideCall(
    tx: TenantTransaction,
    { orgId, callId, causationId }: { orgId: Id; callId: Id; causationId: string | null },
  ): Promise<CallOutcome> {
    const now = clock();
    const call = await lockCall(tx, { orgId, callId, lately: now.subtract(callerWindow), handOffMs });
    if (call.outcome !== null) return call.outcome;
    const clinic = await ports.clinic(tx, orgId);
    const { conversationId, contactId, fromNumber } = call;
    const canBeTexted = conversationId !== null && contactId !== null && fromNumber !== null;
    const outcome = judgeCall({
      ...call,
      callerCanBeTexted: canBeTexted && parsePhoneNumber(fromNumber) !== null,
      missedCallText: clinic.missedCallText,
    });
    if (!(await recordOutcome(tx, { orgId, callId, outcome }))) return outcome;
    if (outcome === 'missed' && canBeTexted) {
      await ports.lead(tx, { orgId, contactId, source: 'voice', now });
      await ports.requestText(tx, {
        orgId,
        conversationId,
        contactId,
        from: call.toNumber,
        to: fromNumber,
        class: 'missed-call',
        kind: 'missed-call',
        body: call.handedOff
          ? missedCallWhileHandedOffText(clinic.name)
          : (clinic.missedCallWording ?? missedCallText(clinic.name)),
        causeKey: `call:${callId}`,
        causationId,
        now,
      });
      if (call.handedOff) {
        await ports.askStaff(tx, {
          orgId,
          conversationId,
          kind: 'hand-off',
          reason: 'The person called after the hand-over and nobody answered.',
          notice: `${addressWords(fromNumber)} called and was told that a person will get back to them.`,
          causeKey: `call:${callId}`,
          from: call.toNumber,
          causationId,
          now,
        });
      }
    }
    await recordAudit(tx, {
      orgId,
      actor: 'conversation-worker',
      action: `call.${outcome}`,
      subject: { type: 'call', id: callId },
      at: now,
      details: { cause: call.hangupCause },
    });
    return outcome;
  };
}
