import { Option } from '@commander-js/extra-typings';
import { isId } from '@frontdesk/kernel';
import { demoClinic } from '@frontdesk/local-stack';
import { z } from 'zod';
import { id } from '../arguments.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { createAdminClient, type AdminClient } from './admin-client.ts';

export const clinicOption = () => new Option('--clinic <id>', 'which clinic; else FRONTDESK_CLINIC says').argParser(id);
export const urlOption = () =>
  new Option('--url <address>', 'of the administration; else FRONTDESK_API_URL, else the stack of npm start');

export type AdminOptions = { clinic?: string | undefined; url?: string | undefined };

/**
 * The administration that is meant, and the clinic in it.
 * @throws CommandFailure when nothing says which
 */
export function openAdmin(context: CommandContext, { clinic: given, url: address }: AdminOptions): AdminClient {
  const { env, out } = context;
  const clinic = given ?? (env['FRONTDESK_CLINIC'] ?? '').toLowerCase();
  if (!isId(clinic)) {
    const words = `Say which clinic: --clinic <id>, or FRONTDESK_CLINIC. On the stack of npm start it is ${demoClinic.id} (${demoClinic.name}).`;
    out.fail(words, exitCodes.usedWrongly);
  }
  const elsewhere = address ?? (env['FRONTDESK_API_URL'] || null);
  const stack = elsewhere === null || (env['FRONTDESK_TOKEN'] ?? '') === '' ? stackOf(context) : null;
  const url =
    elsewhere ??
    stack?.apiUrl ??
    out.fail(
      'No stack of npm start runs here. Start one, or say where the administration is: --url or FRONTDESK_API_URL.',
      exitCodes.usedWrongly,
    );
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    out.fail(`${url} is no address of an administration.`, exitCodes.usedWrongly);
  return createAdminClient({ url: url.replace(/\/$/, ''), clinic, token: tokenFor(context, { clinic, url, stack }) });
}

type Stack = CommandContext['target']['stack'];

/** Where an address and a token are given, no stack has to be there. */
function stackOf(context: CommandContext): Stack {
  try {
    return context.target.stack;
  } catch {
    return null;
  }
}

const signed = z.object({ token: z.string() });

/** FRONTDESK_TOKEN, or on the stack of npm start one of its own issuer. */
function tokenFor(
  { env, out, operator }: CommandContext,
  { clinic, url, stack }: { clinic: string; url: string; stack: Stack },
): () => Promise<string> {
  const given = env['FRONTDESK_TOKEN'] ?? '';
  if (given !== '') return () => Promise.resolve(given);
  if (stack === null || new URL(stack.apiUrl).origin !== new URL(url).origin) {
    return out.fail('Set FRONTDESK_TOKEN to a token of your identity provider.', exitCodes.usedWrongly);
  }
  let minted: Promise<string> | null = null;
  return () => (minted ??= mint(`${stack.issuerUrl}/tokens`, { subject: operator, orgs: { [clinic]: 'owner' } }));
}

async function mint(url: string, body: object): Promise<string> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body), signal: AbortSignal.timeout(5_000) });
  return signed.parse(await answer.json()).token;
}
