import { adminVerb } from '../../admin/admin-verb.ts';
import { registrationStatus } from '../../admin/answers.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import type { CommandContext } from '../../context.ts';
import { tellRegistration } from './tell-registration.ts';

const textsOf: Readonly<Record<string, string>> = {
  yes: 'texts leave',
  refused: 'texts are refused',
  'if-verified': 'texts arrive once it is verified',
  elsewhere: 'texts arrive if it is registered elsewhere',
};

export const status = (context: CommandContext) =>
  adminVerb('status', {
    summary: 'Tell what may leave from each number now, what works meanwhile, and what to do next',
    examples: [
      'frontdesk tendlc status --clinic 11111111-1111-4111-8111-111111111111',
      "frontdesk tendlc status --json | jq '.numbers[].next'",
    ],
  }).action(async ({ json, ...options }) => {
    const { out } = context;
    const found = await openAdmin(context, options).ask('getRegistrationStatus', registrationStatus);
    if (json === true) return out.json(found);
    for (const { number, carrier, mayText, words, works, next, usually } of found.numbers) {
      const may = out.paint(mayText === 'yes' ? 'green' : 'yellow', textsOf[mayText] ?? `texts: ${mayText}`);
      out.line(`${number} (${carrier}): ${may}. ${words}`);
      if (works.length > 0)
        out.line(
          `  works now: ${works
            .map((work) => work.replaceAll('-', ' '))
            .join(', ')
            .replace('whatsapp', 'WhatsApp')}`,
        );
      if (next !== null) out.line(`  next: ${next}${usually === null ? '' : ` Usually: ${usually}`}`);
    }
    if (found.meanwhile !== null) out.line(`Meanwhile: ${found.meanwhile}`);
    if (found.numbers.length === 0) out.line('The clinic has no number: `frontdesk numbers search` finds one.');
    if (found.brand === null)
      out.line('It has no brand yet: `frontdesk tendlc sample brand` prints one to start from.');
    else tellRegistration(context, found.brand);
    if (found.tMobileToday !== null) {
      const { taken, atMost, warning } = found.tMobileToday;
      out.line(`T-Mobile today: ${taken} of ${atMost} parts of texts.${warning === null ? '' : ` ${warning}`}`);
    }
    for (const { number, state } of found.hostedLines) out.line(`${number} is being hosted: ${state}.`);
  });
