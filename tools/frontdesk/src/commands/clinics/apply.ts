import { readFile } from 'node:fs/promises';
import { clinicDefinitionSchema, type ClinicDefinition } from '@frontdesk/clinics';
import { writeClinic, type SealedAccount } from '@frontdesk/clinics/postgres';
import { recordAudit } from '@frontdesk/db';
import { localTokenKeys } from '@frontdesk/local-stack';
import { returnToDesk } from '@frontdesk/numbers/postgres';
import { parseTokenKeys, sealToken } from '@frontdesk/kernel';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';

export const apply = (context: CommandContext) =>
  verb('apply', {
    summary: 'Set a clinic up, or change it, as a file says',
    description:
      'The file is JSON (`frontdesk clinics sample` prints one). What it names is written; what it does not name stays as it is.\n' +
      "A Square token is encrypted with TOKEN_KEYS, the payments service's own setting. Without --yes it is only checked.",
    examples: ['frontdesk clinics apply my-clinic.json', 'frontdesk clinics apply my-clinic.json --yes'],
  })
    .argument('<file>', 'the clinic, as JSON')
    .option('--yes', 'write it')
    .action(async (file, { yes, json }) => {
      const { out, clock, operator } = context;
      const clinic = await readClinic(file, context);
      const written = yes === true;
      if (written) {
        const account = sealedAccount(clinic, context);
        await context.ownerDatabase().inTenant(clinic.id, async (tx) => {
          await writeClinic(tx, clinic, account);
          await returnToDesk(tx, { orgId: clinic.id, now: clock() });
          const subject = { type: 'organization', id: clinic.id };
          await recordAudit(tx, { orgId: clinic.id, actor: operator, action: 'clinic.applied', subject, at: clock() });
        });
      }
      if (json === true) return out.json({ clinic: clinic.id, number: clinic.location.number, written });
      out.line(
        written
          ? `${clinic.name} answers at ${clinic.location.number}.`
          : `The file is right: ${clinic.name}, ${clinic.services.length} services. Nothing was written; add --yes.`,
      );
    });

async function readClinic(file: string, { out }: CommandContext): Promise<ClinicDefinition> {
  let given: unknown;
  try {
    given = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read';
    return out.fail(`${file}: ${why}.`, exitCodes.usedWrongly);
  }
  const parsed = clinicDefinitionSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join('.') || 'the file'}: ${message}`);
  return out.fail(`${file} is not a clinic yet:\n${faults.join('\n')}`, exitCodes.usedWrongly);
}

function sealedAccount({ id, depositAccount }: ClinicDefinition, context: CommandContext): SealedAccount | null {
  if (depositAccount === null) return null;
  const { TOKEN_KEYS: given } = context.env;
  if (given === undefined && context.target.stack === null) {
    return context.out.fail(
      'The clinic has a Square token: set TOKEN_KEYS, with which the payments service reads it.',
      exitCodes.usedWrongly,
    );
  }
  const keys = given === undefined ? localTokenKeys : parseTokenKeys(given);
  return { ...depositAccount, ...sealToken(depositAccount.accessToken, id, keys) };
}
