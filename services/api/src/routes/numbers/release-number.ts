import { openStaffTask } from '@frontdesk/clinics/postgres';
import { suppressTextsFrom } from '@frontdesk/messaging/postgres';
import { requestNumberRelease } from '@frontdesk/numbers';
import { z } from 'zod';
import { phoneAt } from '../../contract/phone.ts';
import { Problem } from '../../contract/problems.ts';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema, idSchema } from '../../contract/schemas.ts';
import { clinicNumberSchema } from '../../numbers/number-schemas.ts';
import { noSuchNumber } from '../../numbers/refused-request.ts';

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    number: clinicNumberSchema,
    insist: z
      .boolean()
      .optional()
      .meta({ description: 'true: also when it is the last number, without which the desk cannot text' }),
  })
  .meta({ id: 'ReleaseNumber', description: 'A number that the clinic gives up' });

const answerSchema = z
  .strictObject({
    id: idSchema,
    lost: z
      .strictObject({
        texts: z.int().meta({ description: 'texts that were to leave from it and never will' }),
        reminders: z.int().meta({ description: 'reminders and follow-ups whose conversation was on it' }),
      })
      .meta({ description: 'what does not reach people; staff have a task when it is anything' }),
  })
  .meta({ id: 'ReleasedNumber', description: 'The order that gives it back, and what is lost with the number' });

const dueIn = Temporal.Duration.from({ hours: 24 });

/** Gives a number of the clinic up. */
export function releaseNumber() {
  return changeRoute({
    operationId: 'releaseNumber',
    path: '/admin/numbers:release',
    tag: 'Numbers',
    summary: 'Give a number up',
    description:
      'From now on nothing leaves from it, and what comes to it is nobody’s. The carrier gets it back within seconds and may sell it to anybody: it cannot be undone. People keep their conversations, consent and visits.',
    role: 'owner',
    body: bodySchema,
    answer: { status: 202, description: 'It is given up', schema: answerSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, body, asked }) {
      const number = phoneAt({ pointer: '#/number' }, body.number);
      const { insist = false } = body;
      const answer = await requestNumberRelease(
        tx,
        { ...asked, number, insist },
        {
          suppressTextsFrom,
          openTask: async (inside, task) => {
            await openStaffTask(inside, { ...task, kind: 'registration', dueIn });
          },
        },
      );
      switch (answer.kind) {
        case 'releasing':
          return { id: answer.id, lost: answer.lost };
        case 'not-the-clinics':
          throw noSuchNumber();
        case 'last-number':
          throw new Problem(
            'conflict',
            'It is the clinic’s last number: without it the desk neither texts nor answers. Order another one first, or send `insist`: true.',
          );
        case 'on-its-way':
          throw new Problem(
            'conflict',
            'The carrier is just being told of an earlier release of it: ask again in a minute.',
          );
        case 'on-whatsapp':
          throw new Problem(
            'conflict',
            'WhatsApp is connected through this number. Disconnect it there first, then release the number.',
          );
      }
    },
  });
}
