import { addressWords } from '@frontdesk/kernel';
import type { ToolAnswer, ToolContext } from './tool.ts';

/** The model's reason stays in the trace: it may speak of health, which tasks and notices must not. */
export async function handOver({ tx, ports, turn, situation }: ToolContext): Promise<ToolAnswer> {
  await ports.askStaff(tx, {
    orgId: turn.orgId,
    conversationId: turn.conversationId,
    kind: 'hand-off',
    reason: 'The conversation needs a person of the team.',
    notice: `${situation.lead.firstName ?? 'A patient'} ${addressWords(turn.phone)} needs a person of the team. Please text or call them.`,
    // A turn that newer texts made stale starts over, and must not call the team twice.
    causeKey: `hand-off:${turn.conversationId}:${turn.texts[0]?.id ?? turn.id}`,
    from: turn.clinicNumber,
    causationId: turn.causationId,
    now: situation.now,
  });
  return { result: { handed_over: true }, effect: 'handed-over' };
}
