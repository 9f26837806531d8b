import { giveDocuments, pdfAtMostBytes, readPdf } from '@frontdesk/numbers';
import { z } from 'zod';
import { wrongField } from '../../contract/problems.ts';
import { changeRoute } from '../../contract/route.ts';
import { clinicIdSchema } from '../../contract/schemas.ts';
import { refusedHosted } from '../../numbers/hosted-schemas.ts';

/** Base64 takes four characters for three bytes. */
const base64AtMost = Math.ceil(pdfAtMostBytes / 3) * 4;
const pdfExample = Buffer.from('%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n').toString('base64');

const pdfSchema = (what: string) =>
  z
    .string()
    .min(1)
    .max(base64AtMost)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'it is not base64')
    .meta({ description: `${what}, a PDF of at most 5 MB in base64`, examples: [pdfExample] });

const bodySchema = z
  .strictObject({
    orgId: clinicIdSchema,
    loa: pdfSchema('the letter of authorisation, signed'),
    bill: pdfSchema('a phone bill of the last 30 days that shows the number'),
  })
  .meta({ id: 'HostedDocuments', description: 'What shows the carrier that the line is the clinic’s' });

const answerSchema = z
  .strictObject({ next: z.string().meta({ description: 'what happens now, in words' }) })
  .meta({ id: 'GivenHostedDocuments', description: 'What comes of them' });

/** Takes letter and bill for a hosted line. */
export function giveHostedDocuments() {
  return changeRoute({
    operationId: 'giveHostedDocuments',
    path: '/admin/hosted-orders/{id}:documents',
    tag: 'Hosted numbers',
    summary: 'Give letter of authorisation and phone bill',
    description:
      'Both at once. The desk keeps them only until the carrier has them. Sent again, they take the place of those before.',
    role: 'owner',
    bodyAtMostBytes: 2 * base64AtMost + 4_096,
    body: bodySchema,
    answer: { status: 202, description: 'They go to the carrier', schema: answerSchema },
    problems: ['not-found', 'conflict'],
    async handle({ tx, id, body, asked }) {
      const loa = pdfAt('/loa', body.loa);
      const bill = pdfAt('/bill', body.bill);
      const answer = await giveDocuments(tx, { ...asked, id, loa, bill });
      if (answer.kind !== 'done') throw refusedHosted(answer.kind);
      return { next: 'The carrier gets them within seconds and reviews them in one to three working days.' };
    },
  });
}

function pdfAt(pointer: string, base64: string): Buffer {
  const read = readPdf(base64);
  if ('bytes' in read) return read.bytes;
  throw wrongField(pointer, read.fault, 'give a whole PDF of at most 5 MB, in base64');
}
