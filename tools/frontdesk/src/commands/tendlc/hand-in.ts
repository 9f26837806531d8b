import type { AdminClient } from '../../admin/admin-client.ts';
import { registration, withFindings, type Registration } from '../../admin/answers.ts';
import type { Operation } from '../../admin/operations.ts';
import { waitFor } from '../../admin/wait-for.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { tellFindings, tellRegistration } from './tell-registration.ts';

type HandIn = {
  admin: AdminClient;
  what: 'brand' | 'campaign';
  operations: { create: Operation; update: Operation; get: Operation; submit: Operation };
  /** That there is already; null for a new one. */
  id: string | null;
  /** What it is to be; null when only what is kept is handed in. */
  fields: Readonly<Record<string, unknown>> | null;
  submission: Readonly<Record<string, unknown>>;
  /** The states in which nothing more happens by itself. */
  settled: readonly string[];
  good: string;
  yes: true | undefined;
  wait: number | string | undefined;
  json: true | undefined;
};

/** Keeps a draft or changes it, hands it in with --yes, and waits for the registry with --wait. */
export async function handIn(context: CommandContext, asked: HandIn): Promise<void> {
  const { admin, what, operations, submission, settled, good, yes, wait, json } = asked;
  const { out } = context;
  const id = await keep(context, asked);
  if (yes !== true) {
    if (json !== true) out.line(`Nothing was handed in: frontdesk tendlc ${what} --id ${id} --yes does it.`);
    return;
  }
  await admin.ask(operations.submit, withFindings, { id, fields: submission });
  const look = () => admin.ask(operations.get, registration, { id });
  const seen: Registration =
    wait === undefined
      ? await look()
      : await waitFor(context, {
          look,
          isOver: ({ state, changed }) => settled.includes(state) && !(state === good && changed),
          wait,
          lookLater: `frontdesk tendlc show ${what} ${id}`,
        });
  if (json === true) out.json(seen);
  else tellRegistration(context, { ...seen, isHandedIn: true });
  if (wait !== undefined && seen.state !== good) out.fail('', exitCodes.failed);
}

async function keep(context: CommandContext, { admin, operations, id, fields, yes, json }: HandIn): Promise<string> {
  const { out } = context;
  if (fields === null) {
    return id ?? out.fail('Give a file with its details, or --id of one that there is.', exitCodes.usedWrongly);
  }
  const kept =
    id === null
      ? await admin.ask(operations.create, withFindings, { fields })
      : await admin.ask(operations.update, withFindings, { id, fields });
  if (yes !== true && json === true) out.json(kept);
  if (yes !== true && json !== true) {
    tellFindings(context, kept.findings);
    tellRegistration(context, kept);
  }
  return kept.id;
}
