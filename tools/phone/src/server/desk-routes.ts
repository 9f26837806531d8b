import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import type { CallItem, Desk, Persona } from '../feed-items.ts';
import type { PhoneLine } from './phone-line.ts';

export type DeskRoutesOptions = {
  /** Null while the stack starts. */
  current: () => { desk: Desk; line: PhoneLine } | null;
};

const newText = z.object({ text: z.string().trim().min(1).max(1_600) });

/** What the page asks for: `GET /desk`, texts and calls of a persona. */
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

  router.post('/personas/:id/calls', async (request, response) => {
    const caller = callerOf(request, response);
    if (caller !== null) response.status(201).json(await caller.line.placeCall(caller.persona));
  });

  router.post('/calls/:id/answer', (request, response) => changeCall(request, response, 'answer'));
  router.post('/calls/:id/hang-up', (request, response) => changeCall(request, response, 'hangUp'));

  function callerOf(request: Request, response: Response): { persona: Persona; line: PhoneLine } | null {
    const running = current();
    const persona = running?.desk.personas.find(({ id }) => id === request.params['id']);
    if (running === null) refuse(response, 503, 'The desk is still starting.');
    else if (persona === undefined) refuse(response, 404, 'There is no such person.');
    else if (persona.readOnly) refuse(response, 409, `${persona.name} only reads.`);
    else return { persona, line: running.line };
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
