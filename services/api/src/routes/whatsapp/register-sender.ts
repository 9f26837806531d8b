import { registerSender as register, type RegisterOutcome } from '@frontdesk/numbers/postgres';
import { z } from 'zod';
import { audit } from '../../audit.ts';
import { phoneAt } from '../../contract/phone.ts';
import { Problem, wrongField } from '../../contract/problems.ts';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema, phoneSchema, wordsSchema } from '../../contract/schemas.ts';
import { presentSender, senderSchema } from '../../whatsapp/sender-schemas.ts';
import { senderWith } from '../../whatsapp/show-sender.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    number: phoneSchema.meta({ description: 'a number that the clinic has at Twilio' }),
    displayName: wordsSchema(128).meta({
      description:
        'what people see above the conversation: the clinic’s name, as Meta’s rules for display names want it',
    }),
  })
  .meta({ id: 'RegisterWhatsAppSender', description: 'A number at Twilio that is to speak WhatsApp' });

/** Puts a number that the clinic has at Twilio on WhatsApp. */
export function registerSender() {
  return changeRoute({
    operationId: 'registerWhatsAppSender',
    path: '/admin/whatsapp/senders:register',
    tag: 'WhatsApp',
    summary: 'Put a number at Twilio on WhatsApp',
    description:
      'Twilio and Meta take minutes to hours; the sender is `connecting` until it is `online`, or `failed` with the reason and what to do. Asked again for a number that failed, it is tried anew.',
    role: 'owner',
    body: bodySchema,
    answer: { status: 202, description: 'Twilio is being asked', schema: senderSchema },
    problems: ['conflict', 'not-found'],
    async handle({ tx, orgId, role, body, asked, now }) {
      const number = phoneAt({ pointer: '#/number' }, body.number);
      const { displayName } = body;
      const outcome = await register(tx, { orgId, number, displayName, now });
      const id = senderOf(outcome);
      if (outcome.kind === 'connecting') {
        await audit(tx, asked, { action: 'whatsapp sender registered', subject: { type: 'whatsapp-sender', id } });
      }
      return presentSender(await senderWith(tx, { orgId, id }), role);
    },
  });
}

/** @throws Problem with what to do */
function senderOf(outcome: RegisterOutcome): string {
  switch (outcome.kind) {
    case 'connecting':
    case 'known':
      return outcome.id;
    case 'no-such-number':
      throw wrongField('/number', 'the clinic has no such number at Twilio', 'buy it first, or connect it at Meta');
    case 'at-meta':
      throw new Problem(
        'conflict',
        'The clinic has the number on WhatsApp through Meta itself. Disconnect that sender first.',
      );
    case 'elsewhere':
      throw new Problem('conflict', 'The number is connected at another clinic. Disconnect it there first.');
  }
}
