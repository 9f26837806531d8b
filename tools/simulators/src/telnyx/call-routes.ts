import { z } from 'zod';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import type { RunningCall } from './call.ts';
import { refusal } from './errors.ts';

const commandBody = z.object({
  client_state: z.base64().optional(),
  command_id: z.string().optional(),
  cause: z.enum(['CALL_REJECTED', 'USER_BUSY']).optional(),
});

type CommandBody = z.infer<typeof commandBody>;

interface CallRouteDependencies {
  calls: ReadonlyMap<string, RunningCall>;
  authenticate: (request: ReceivedRequest) => Reply | null;
}

/** The Call Control commands for an incoming call: answer, hangup, reject. */
export function callRoutes({ calls, authenticate }: CallRouteDependencies): Route[] {
  type Command = (call: RunningCall, body: CommandBody) => Promise<unknown>;

  const command = (name: string, run: Command, wrongBody: (body: CommandBody) => Reply | null = () => null): Route => ({
    method: 'POST',
    path: `/v2/calls/:id/actions/${name}`,
    handle(request) {
      const denied = authenticate(request);
      if (denied !== null) return denied;
      const parsed = commandBody.safeParse(request.json ?? {});
      if (!parsed.success) return malformed(parsed.error);
      const call = calls.get(request.params['id'] ?? '');
      if (call === undefined) return refusal('90015', 'The call_control_id is not valid.');
      const body = parsed.data;
      if (!call.takesCommand(body.command_id)) return DONE;
      if (call.state() === 'over') return refusal('90018', 'The call has already ended.');
      const wrong = wrongBody(body);
      if (wrong !== null) return wrong;
      if (body.client_state !== undefined) call.setClientState(body.client_state);
      return { ...DONE, afterwards: () => void run(call, body) };
    },
  });

  return [
    command('answer', (call) => call.answer()),
    command('hangup', (call) => call.end('normal_clearing', 'callee')),
    command(
      'reject',
      (call, body) => call.end(body.cause === 'USER_BUSY' ? 'user_busy' : 'call_rejected', 'callee'),
      (body) => (body.cause === undefined ? refusal('10004', "The 'cause' field is required.", '/cause') : null),
    ),
  ];
}

const DONE: Reply = { status: 200, json: { data: { result: 'ok' } } };

function malformed(error: z.ZodError): Reply {
  const field = String(error.issues[0]?.path[0] ?? '');
  if (field === 'client_state') return refusal('90017', 'The client_state is not base64.', '/client_state');
  return refusal('10015', 'The request body is not valid.', `/${field}`);
}
