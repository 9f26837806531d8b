import { Argument, Option } from '@commander-js/extra-typings';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { channels } from '@frontdesk/contracts';
import type { z } from 'zod';
import { adminVerb } from '../admin/admin-verb.ts';
import { sentText, text } from '../admin/answers.ts';
import { openAdmin } from '../admin/open-admin.ts';
import { waitFor, waitOption } from '../admin/wait-for.ts';
import { personAddress } from '../arguments.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';

export function registerSend(program: CommandUnknownOpts, context: CommandContext): void {
  program.addCommand(send(context));
}

const arrived: readonly string[] = ['delivered', 'read'];
const over: readonly string[] = [...arrived, 'undelivered', 'failed', 'suppressed', 'unknown'];

const send = (context: CommandContext) =>
  adminVerb('send', {
    summary: 'Send a text to a person, through the same gate as every other',
    description:
      'A reply leaves at once, to somebody who has written; a reminder from 8:00 to 21:00 where the person is; marketing only with\n' +
      'written consent, in the hours of the law. Ends with 1 when it does not leave, and says why. Begin the line with a space to keep\n' +
      'it out of your shell’s history.',
    examples: [
      'frontdesk send +14805550142 "A time on Tuesday at 10:00 is free now." --clinic 11111111-1111-4111-8111-111111111111 --wait',
      'frontdesk send +14805550142 "Please bring your card tomorrow." --purpose reminder',
      'frontdesk send wa:US.1349000000000000 "See you at 3 PM." --channel whatsapp',
    ],
  })
    .addArgument(new Argument('<to>', 'the number of the person, or wa:<id> of one without').argParser(personAddress))
    .argument('<words>', 'what it says')
    .addOption(
      new Option('--purpose <purpose>', 'what it is').choices(['reply', 'reminder', 'marketing']).default('reply'),
    )
    .addOption(new Option('--channel <channel>', 'how it goes; else as the person wrote last').choices(channels))
    .option('--cause <name>', 'one text comes of one cause, however often it is asked for')
    .addOption(waitOption('until it has arrived'))
    .action(async (to, body, { purpose, channel, cause, wait, json, ...options }) => {
      const { out, clock } = context;
      const admin = openAdmin(context, options);
      const fields = { to, body, purpose, channel, causeKey: cause };
      const asked = await admin.ask('sendMessage', sentText, { fields });
      if (json !== true) for (const { advice } of asked.warnings) out.note(advice);
      const lookLater = `frontdesk texts show ${asked.id}`;
      if (asked.suppressed !== null || wait === undefined) return tellAsked(context, asked, json);
      if (secondsUntil(asked.willLeaveAt, clock()) > Number(wait)) {
        tellAsked(context, asked, json);
        return out.fail(`That is more than ${wait} s from now. Then: ${lookLater}`, exitCodes.failed);
      }
      const seen = await waitFor(context, {
        look: () => admin.ask('getMessage', text, { id: asked.id }),
        isOver: ({ state }) => over.includes(state),
        wait,
        lookLater,
      });
      if (json === true) out.json(seen);
      else out.line(`Text ${seen.id}: ${seen.state}${seen.reason === null ? '' : `: ${seen.reason}`}.`);
      if (!arrived.includes(seen.state)) out.fail('', exitCodes.failed);
    });

function secondsUntil(moment: string | null, now: Temporal.Instant): number {
  return moment === null ? 0 : now.until(moment).total('seconds');
}

function tellAsked({ out }: CommandContext, asked: z.infer<typeof sentText>, json: true | undefined): void {
  const { id, state, channel, segments, template, willLeaveAt, suppressed } = asked;
  const way = channel === 'whatsapp' ? 'on WhatsApp' : `by SMS, in ${segments} ${segments === 1 ? 'part' : 'parts'}`;
  if (json === true) out.json(asked);
  else if (suppressed !== null) out.line(`Text ${id} does not leave: ${suppressed.words}.`);
  else if (willLeaveAt !== null) out.line(`Text ${id} leaves at ${willLeaveAt}, ${way}.`);
  else out.line(`Text ${id}: ${state}, ${way}.`);
  if (json !== true && template !== null) out.line(`A template says it: ${template.words}`);
  if (suppressed !== null) out.fail('', exitCodes.failed);
}
