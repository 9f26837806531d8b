import { raw, Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { CallItem, Desk, Persona } from '../feed-items.ts';
import type { PhoneLine } from './phone-line.ts';
import type { WhatsAppLine } from './whatsapp-line.ts';

export type DeskRoutesOptions = {
  /** Null while the stack starts. */
  current: () => Running | null;
};

type Running = { desk: Desk; line: PhoneLine; whatsApp: WhatsAppLine };
type Caller = { persona: Persona } & Pick<Running, 'line' | 'whatsApp'>;

const newText = z.object({ text: z.string().trim().min(1).max(1_600) });
const choice = z.object({
  id: z.string().min(1).max(256),
  title: z.string().min(1).max(256),
  description: z.string().max(256).exactOptional(),
  of: z.enum(['button', 'list', 'template']),
});
const newMessage = z.object({ text: z.string().trim().min(1).max(4_096), choice: choice.exactOptional() });
const picture = raw({ type: ['image/jpeg', 'image/png'], limit: '5mb' });

/** What the page asks for: `GET /desk`, texts, messages, pictures and calls of a persona. */
export function deskRoutes({ current }: DeskRoutesOptions): Router {
  const router = Router();

  router.get('/desk', (_request, response) => {
    const running = current();
    if (running === null) refuse(response, 503, 'The desk is still starting.');
    else response.json(running.desk);
  });

  router.post('/personas/:id/texts', async (request, response) => {
    const caller = callerOf(request, response);
    if (caller === null) return;
    const body = newText.safeParse(request.body);
    if (!body.success) return refuse(response, 400, 'A text has between 1 and 1,600 characters.');
    response.status(201).json(await caller.line.sendText(caller.persona, body.data.text));
  });

  router.post('/personas/:id/whatsapp', async (request, response) => {
    const caller = callerOf(request, response);
    if (caller === null) return;
    const body = newMessage.safeParse(request.body);
    if (!body.success) return refuse(response, 400, 'A message has between 1 and 4,096 characters.');
    response.status(201).json(await caller.whatsApp.say(caller.persona, body.data));
  });

  router.post('/personas/:id/pictures', picture, async (request, response) => {
    const caller = callerOf(request, response);
    if (caller === null) return;
    const contentType = request.get('content-type') ?? '';
    if (!Buffer.isBuffer(request.body)) return refuse(response, 400, 'A picture is a JPEG or a PNG.');
    response.status(201).json(await caller.whatsApp.sendPicture(caller.persona, { contentType, bytes: request.body }));
  });

  router.get('/pictures/:id', (request, response) => {
    const kept = current()?.whatsApp.picture(request.params.id) ?? null;
    if (kept === null) refuse(response, 404, 'There is no such picture.');
    else response.type(kept.contentType).send(Buffer.from(kept.bytes));
  });

  router.post('/personas/:id/reads', async (request, response) => {
    const caller = callerOf(request, response);
    if (caller === null) return;
    await caller.whatsApp.readAll(caller.persona);
    response.json({});
  });

  router.post('/personas/:id/silence', (request, response) => {
    const caller = callerOf(request, response);
    if (caller === null) return;
    caller.whatsApp.closeWindow(caller.persona);
    response.json({});
  });

  router.post('/personas/:id/calls', async (request, response) => {
    const caller = callerOf(request, response);
    if (caller !== null) response.status(201).json(await caller.line.placeCall(caller.persona));
  });

  router.post('/calls/:id/answer', (request, response) => changeCall(request, response, 'answer'));
  router.post('/calls/:id/hang-up', (request, response) => changeCall(request, response, 'hangUp'));

  function callerOf(request: Request, response: Response): Caller | null {
    const running = current();
    const persona = running?.desk.personas.find(({ id }) => id === request.params['id']);
    if (running === null) refuse(response, 503, 'The desk is still starting.');
    else if (persona === undefined) refuse(response, 404, 'There is no such person.');
    else if (persona.readOnly) refuse(response, 409, `${persona.name} only reads.`);
    else return { persona, line: running.line, whatsApp: running.whatsApp };
    return null;
  }

  async function changeCall(request: Request, response: Response, change: 'answer' | 'hangUp'): Promise<void> {
    const call: CallItem | null = (await current()?.line[change](String(request.params['id']))) ?? null;
    if (call === null) refuse(response, 404, 'There is no such call.');
    else response.json(call);
  }

  return router;
}

function refuse(response: Response, status: number, error: string): void {
  response.status(status).json({ error });
}
