import { recordMarketingConsent, recordOptOut } from '@frontdesk/messaging/postgres';
import { z } from 'zod';
import { audit } from '../audit.ts';
import { Problem, wrongField } from '../contract/problems.ts';
import { changeRoute } from '../contract/route.ts';
import { clinicIdSchema, instantSchema, personSchema, wordsSchema } from '../contract/schemas.ts';
import { addressOf } from '../messages/address-of.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    phone: personSchema,
    change: z.enum(['opt-out', 'marketing-opt-in', 'marketing-opt-out']).meta({
      description:
        'opt-out (no text leaves any more), marketing-opt-in (the person agreed in writing to marketing texts) or marketing-opt-out',
    }),
    channel: z
      .enum(['sms', 'whatsapp', 'voice', 'web', 'paper'])
      .meta({ description: 'where the person said so: sms, whatsapp, voice, web or paper' }),
    wording: wordsSchema(2_000)
      .optional()
      .meta({ description: 'the words that the person wrote or signed; marketing-opt-in needs them' }),
    at: instantSchema.optional().meta({ description: 'when the person said so (RFC 3339, UTC); now when left out' }),
  })
  .meta({ id: 'RecordConsent', description: 'What a person said about texts, as staff know it' });

const answerSchema = z
  .strictObject({
    changed: z
      .boolean()
      .meta({ description: 'whether anything is different from before; what was said is kept anyway' }),
  })
  .meta({ id: 'RecordedConsent', description: 'What came of it' });

/** Keeps what a person told the clinic about texts, as evidence. */
export function recordConsent() {
  return changeRoute({
    operationId: 'recordConsent',
    path: '/admin/consents',
    tag: 'Consent',
    summary: 'Record what a person said about texts',
    description:
      'It holds for all numbers and channels of the clinic, and is kept for good with its source. Only the person can end an opt-out, by texting START.',
    role: 'manager',
    body: bodySchema,
    answer: { description: 'It is recorded', schema: answerSchema },
    problems: ['conflict'],
    async handle({ tx, orgId, body, asked, now }) {
      const phone = await addressOf(tx, { orgId, person: body.phone, pointer: '#/phone' });
      const at = body.at === undefined ? now : Temporal.Instant.from(body.at);
      if (Temporal.Instant.compare(at, now) > 0)
        throw wrongField('/at', 'it is in the future', 'give a moment of the past');
      const { change, channel, wording = null } = body;
      const said = { source: 'staff', wording, channel, clinicNumber: null, inboundMessageId: null } as const;
      const evidence = { orgId, phone, recordedBy: asked.actor, at, ...said };
      const changed =
        change === 'opt-out'
          ? (await recordOptOut(tx, evidence)).stopped
          : saysOf(await recordMarketingConsent(tx, { ...evidence, agreed: change === 'marketing-opt-in' }));
      const subject = { type: 'organization', id: orgId };
      await audit(tx, asked, { action: 'consent recorded', subject, details: { change, channel } });
      return { changed };
    },
  });
}

function saysOf(effect: Awaited<ReturnType<typeof recordMarketingConsent>>): boolean {
  switch (effect) {
    case 'without-wording':
      throw wrongField('/wording', 'consent to marketing is worth nothing without its words', 'give what was signed');
    case 'opted-out':
      throw new Problem('conflict', 'The person asked for no more texts; only their own START changes that.');
    case 'withdrawn-since':
      throw wrongField(
        '/at',
        'the person took consent to marketing back after this moment',
        'leave it out when they agreed again just now, or give the moment at which they did',
      );
    case 'given':
    case 'withdrawn':
      return true;
    case 'unchanged':
      return false;
  }
}
