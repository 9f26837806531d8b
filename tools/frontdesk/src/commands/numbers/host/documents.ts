import { readFile } from 'node:fs/promises';
import { Argument } from '@commander-js/extra-typings';
import { z } from 'zod';
import { adminVerb } from '../../../admin/admin-verb.ts';
import { openAdmin } from '../../../admin/open-admin.ts';
import { waitOption } from '../../../admin/wait-for.ts';
import { id } from '../../../arguments.ts';
import type { CommandContext } from '../../../context.ts';
import { exitCodes } from '../../../exit-codes.ts';
import { lookAtHosted, tellHosted } from './tell-hosted.ts';

const answer = z.looseObject({ next: z.string() });

export const documents = (context: CommandContext) =>
  adminVerb('documents', {
    summary: 'Give the carrier letter of authorisation and phone bill of a line',
    description: 'Both as PDF, 5 MB at most each. Given again, they take the place of those before.',
    examples: [
      'frontdesk numbers host documents 0199d5a0-0000-7000-8000-00000000000c --loa letter.pdf --bill bill.pdf',
    ],
  })
    .addArgument(new Argument('<order>', 'its id').argParser(id))
    .requiredOption('--loa <file>', 'the letter of authorisation, signed')
    .requiredOption('--bill <file>', 'a phone bill of the last 30 days that shows the number')
    .addOption(waitOption('until the carrier has read them'))
    .action(async (order, { loa, bill, wait, json, ...options }) => {
      const { out } = context;
      const admin = openAdmin(context, options);
      const fields = { loa: await base64(loa, context), bill: await base64(bill, context) };
      const { documentsSentAt: sentBefore } = await lookAtHosted(admin, order);
      const given = await admin.ask('giveHostedDocuments', answer, { id: order, fields });
      if (wait === undefined) return json === true ? out.json(given) : out.line(given.next);
      const isNews = ({ documentsSentAt }: { documentsSentAt: string | null }) => documentsSentAt !== sentBefore;
      await tellHosted(context, admin, { id: order, wait, json, isNews });
    });

async function base64(file: string, { out }: CommandContext): Promise<string> {
  try {
    return (await readFile(file)).toString('base64');
  } catch {
    return out.fail(`${file}: it cannot be read.`, exitCodes.usedWrongly);
  }
}
