import { Option } from '@commander-js/extra-typings';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { z } from 'zod';
import { duration, ids } from '../arguments.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { verb } from '../verb.ts';

export function registerToken(program: CommandUnknownOpts, context: CommandContext): void {
  program.addCommand(token(context));
}

const answerSchema = z.object({ token: z.string() });
const withinMs = 5_000;

const token = (context: CommandContext) =>
  verb('token', {
    summary: 'Print a token for the administration of the stack of npm start',
    description:
      'Its issuer runs on this machine and is trusted by nothing else: elsewhere tokens come from your identity provider. The page\n' +
      'of the interface is at /admin/docs.',
    examples: [
      'frontdesk token --clinic 11111111-1111-4111-8111-111111111111',
      'frontdesk token --clinic 11111111-1111-4111-8111-111111111111 --role viewer --json | jq -r .apiUrl',
    ],
  })
    .addOption(new Option('--clinic <id>', 'the clinic; may be repeated').argParser(ids).makeOptionMandatory())
    .addOption(
      new Option('--role <role>', 'what it allows there').choices(['viewer', 'manager', 'owner']).default('owner'),
    )
    .option('--subject <id>', 'who asks, as the audit will name them', 'local-admin')
    .addOption(new Option('--for <time>', 'how long it is good').argParser(duration).default(undefined, '1h'))
    .action(async ({ clinic, role, subject, for: lifetime, json }) => {
      const { out, target } = context;
      const { issuerUrl, apiUrl } =
        target.stack ??
        out.fail(
          'Only the stack of npm start has an issuer of its own. Elsewhere your identity provider gives out tokens.',
          exitCodes.refused,
        );
      const expiresInSeconds = (lifetime ?? Temporal.Duration.from({ hours: 1 })).total('seconds');
      const answer = await fetch(`${issuerUrl}/tokens`, {
        method: 'POST',
        body: JSON.stringify({ subject, orgs: Object.fromEntries(clinic.map((id) => [id, role])), expiresInSeconds }),
        signal: AbortSignal.timeout(withinMs),
      });
      if (!answer.ok) out.fail('The issuer of this stack did not sign it.', exitCodes.failed);
      const signed = answerSchema.parse(await answer.json());
      if (json === true) out.json({ ...signed, apiUrl });
      else out.line(signed.token);
    });
