import { makeConnectSender, type SignUpOutcome } from '@frontdesk/numbers';
import type { WhatsAppAccounts } from '@frontdesk/numbers/ports';
import type { Clock, TokenKeys } from '@frontdesk/kernel';
import { z } from 'zod';
import { Problem, wrongField } from '../../contract/problems.ts';
import { repeatableRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { presentSender, senderSchema } from '../../whatsapp/sender-schemas.ts';
import { senderWith } from '../../whatsapp/show-sender.ts';

/** What takes in a sign-up at Meta. */
export type SignUpPorts = {
  accounts: Pick<WhatsAppAccounts, 'exchangeCode' | 'readNumber'>;
  keys: TokenKeys;
  newPin: () => string;
};

const metaId = z.string().regex(/^\d{5,32}$/, 'it is no id of Meta’s');

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    locationId: idSchema.meta({ description: 'the location of the clinic whose number it is' }),
    code: z
      .string()
      .regex(/^[\x21-\x7e]{1,2000}$/, 'it is no code of a sign-up')
      .meta({ description: 'the code that embedded sign-up hands over; it lives 30 seconds and works once' }),
    phoneNumberId: metaId.meta({
      description: 'the phone_number_id that the sign-up tells',
      examples: ['106000000000001'],
    }),
    wabaId: metaId.meta({ description: 'the waba_id that the sign-up tells', examples: ['102000000000001'] }),
    pin: z
      .string()
      .regex(/^\d{6}$/, 'it has not six digits')
      .optional()
      .meta({
        description: 'the six digits of two-step verification, where the number has them; else the desk sets its own',
      }),
  })
  .meta({ id: 'ConnectWhatsAppSender', description: 'What embedded sign-up handed over' });

/** Connects a number of the clinic's own to WhatsApp, when its owner has gone through embedded sign-up. */
export function connectSender({ clock, signUps }: { clock: Clock; signUps: SignUpPorts | null }) {
  return repeatableRoute({
    operationId: 'connectWhatsAppSender',
    path: '/admin/whatsapp/senders:connect',
    tag: 'WhatsApp',
    summary: 'Connect a number by embedded sign-up',
    description:
      'Send what the sign-up tells at once: its code dies after 30 seconds. The sender is `connecting`; it comes online within moments, or fails with what to do. Done again with the same code, the answer is the same sender, so it needs no Idempotency-Key. A sign-up of a number that the clinic has renews its permission.',
    role: 'owner',
    body: bodySchema,
    asksVendor: true,
    answer: { status: 202, description: 'The number is being connected', schema: senderSchema },
    problems: ['conflict', 'not-connected', 'request-in-flight', 'vendor-refused'],
    async handle({ inTenant, orgId, role, body, asked }) {
      if (signUps === null) {
        const detail =
          'WhatsApp through Meta is not set up on this desk. Its operator has to give META_APP_ID, META_APP_SECRET and TOKEN_KEYS; a number at Twilio can be registered meanwhile.';
        throw new Problem('not-connected', detail);
      }
      const { locationId, code, phoneNumberId, wabaId, pin = null } = body;
      const connect = makeConnectSender({ inTenant: (_, work) => inTenant(work), clock, ...signUps });
      const id = senderOf(await connect({ ...asked, locationId, code, phoneNumberId, wabaId, pin }));
      const sender = await inTenant((tx) => senderWith(tx, { orgId, id }));
      return presentSender(sender, role);
    },
  });
}

/** @throws Problem with what to do when nothing came of the sign-up */
function senderOf(outcome: SignUpOutcome): string {
  switch (outcome.kind) {
    case 'connected':
      return outcome.id;
    case 'in-hand':
      throw new Problem('request-in-flight', 'This sign-up is being taken in. Ask again in a second.', {
        retryAfterSeconds: 1,
      });
    case 'no-such-location':
      throw wrongField('/locationId', 'the clinic has no such location', 'give the id of one of its locations');
    case 'elsewhere':
      throw new Problem(
        'conflict',
        'The number is connected at another clinic. Disconnect it there, and start the sign-up again.',
      );
    case 'at-twilio':
      throw new Problem(
        'conflict',
        'The clinic has the number on WhatsApp through Twilio. Disconnect that sender first, and start the sign-up again.',
      );
    case 'refused':
      throw refusedBy(outcome);
  }
}

function refusedBy({ what, words }: Extract<SignUpOutcome, { kind: 'refused' }>): Problem {
  const detail = `${words.replace(/\.+$/, '')}. Start the sign-up again.`;
  const field =
    what === 'code'
      ? {
          pointer: '#/code',
          detail: 'Meta does not take it',
          mend: 'start the sign-up again and send its code at once: it lives 30 seconds and works once',
        }
      : {
          pointer: '#/phoneNumberId',
          detail: 'Meta does not show this number to who signed up',
          mend: 'start the sign-up again, and send the ids that it tells',
        };
  return new Problem('vendor-refused', detail, { errors: [field] });
}
