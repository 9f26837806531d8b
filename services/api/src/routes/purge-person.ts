import { makeErasePerson } from '@frontdesk/erasure';
import type { Clock } from '@frontdesk/kernel';
import { z } from 'zod';
import { phoneAt } from '../contract/phone.ts';
import { Problem } from '../contract/problems.ts';
import { repeatableRoute } from '../contract/route.ts';
import { clinicIdSchema, personSchema } from '../contract/schemas.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    phone: personSchema,
    evenIfExpected: z
      .boolean()
      .optional()
      .meta({ description: 'true: also when a visit is ahead or a deposit is open, which are cancelled' }),
    rehearsal: z.boolean().optional().meta({ description: 'true: only count what would be deleted' }),
  })
  .meta({ id: 'PurgePerson', description: 'Whom to delete' });

const counts = z.record(z.string(), z.int()).meta({ description: 'rows by table' });
const answerSchema = z
  .strictObject({
    found: z.boolean().meta({ description: 'false: the clinic knows nobody with this number or id, or no longer' }),
    deleted: counts,
    anonymised: counts,
  })
  .meta({ id: 'PurgedPerson', description: 'What was deleted, or would be' });

/** Deletes a person everywhere. */
export function purgePerson({ clock }: { clock: Clock }) {
  return repeatableRoute({
    operationId: 'purgePerson',
    path: '/admin/people:purge',
    tag: 'People',
    summary: 'Delete a person everywhere, by number or by their id at WhatsApp',
    description:
      'Whatever is under way for the person stops. Money that moved stays on the books without the person, and so does the wish to get no texts. It cannot be undone; done again, it finds nothing, so it needs no Idempotency-Key.',
    role: 'owner',
    body: bodySchema,
    answer: { description: 'The person is gone, or was not there', schema: answerSchema },
    problems: ['conflict'],
    async handle({ inTenant, orgId, body, asked }) {
      const phone = body.phone.startsWith('wa:') ? body.phone : phoneAt({ pointer: '#/phone' }, body.phone);
      const erasePerson = makeErasePerson({ inTenant: (_, work) => inTenant(work), clock });
      const erasure = await erasePerson({
        orgId,
        phone,
        actor: asked.actor,
        evenIfExpected: body.evenIfExpected ?? false,
        rehearsal: body.rehearsal ?? false,
      });
      switch (erasure.kind) {
        case 'expected':
          throw new Problem(
            'conflict',
            `The clinic still expects this person (visits ahead: ${erasure.visits}, deposits open: ${erasure.deposits}). Cancel them, or send evenIfExpected.`,
          );
        case 'nothing-found':
          return { found: false, deleted: {}, anonymised: {} };
        case 'erased': {
          const { deleted, anonymised } = erasure;
          return { found: true, deleted, anonymised };
        }
      }
    },
  });
}
