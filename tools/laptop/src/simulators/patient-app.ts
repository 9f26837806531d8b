import type { MetaSimulator, SquareSimulator, TelnyxSimulator } from '@frontdesk/simulators';
import express, { type Express, type Request } from 'express';
import { z } from 'zod';

export type PatientAppOptions = {
  telnyx: TelnyxSimulator;
  meta: MetaSimulator;
  square: SquareSimulator;
  /** The number that everybody texts and calls. */
  clinicNumber: string;
  /** How long the desk may take for its next text. */
  answerWithinMs?: number;
};

const person = z.object({
  from: z
    .string()
    .regex(/^\+\d{8,15}$/)
    .default('+16025550100'),
  /** The channel. */
  by: z.enum(['sms', 'whatsapp']).default('sms'),
});

/** A patient for `curl`: what is posted to /texts goes to the desk as a text, and the answer is the desk's next text. */
export function createPatientApp({
  telnyx,
  meta,
  square,
  clinicNumber,
  answerWithinMs = 30_000,
}: PatientAppOptions): Express {
  const app = express();
  app.disable('x-powered-by');

  const nextText = async (
    carrier: Pick<TelnyxSimulator, 'waitForText'>,
    to: string,
    before: number,
  ): Promise<string> => {
    const wanted = { from: clinicNumber, to, after: before, timeoutMs: answerWithinMs };
    return (await carrier.waitForText(wanted)).text;
  };

  app.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.post('/texts', express.text({ type: () => true }), async (request: Request<object, string, string>, response) => {
    const { from, by } = person.parse(request.query);
    const carrier = by === 'whatsapp' ? meta : telnyx;
    const before = carrier.accepted.length;
    const answer = await carrier.receiveText({ from, to: clinicNumber, text: request.body });
    if (answer.status !== 200) {
      response.status(502).send(`the desk refused the text with ${answer.status}\n`);
      return;
    }
    response.type('text').send(`${await nextText(carrier, from, before)}\n`);
  });
  app.post('/calls', async (request, response) => {
    const { from } = person.parse(request.query);
    const before = telnyx.accepted.length;
    const call = await telnyx.placeCall({ from, to: clinicNumber });
    await call.hangUp('originator_cancel');
    response.type('text').send(`${await nextText(telnyx, from, before)}\n`);
  });
  app.post('/payments', async (_request, response) => {
    const link = square.links.findLast(({ paid }) => !paid);
    if (link === undefined) {
      response.status(404).send('nobody was sent a payment link\n');
      return;
    }
    await square.pay(link.url);
    response.type('text').send(`paid ${link.url}\n`);
  });
  app.get('/texts', (_request, response) => {
    const all = [...telnyx.accepted, ...meta.accepted].toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
    response.json(all.map(({ from, to, text, at }) => ({ from, to, text, at: String(at) })));
  });
  return app;
}
