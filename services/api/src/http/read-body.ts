import express, { type Request, type Response } from 'express';
import { Problem } from '../contract/problems.ts';

/** Reads the body of a change: JSON in UTF-8, not compressed, of a bounded size. */
export function makeReadBody({ atMostBytes }: { atMostBytes: number }) {
  const parser = (limit: number) => express.json({ limit, inflate: false, strict: false, type: () => true });
  const usual = parser(atMostBytes);

  return async (request: Request, response: Response, ofRoute: number | null = null): Promise<void> => {
    if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
      throw new Problem('wrong-content-type', 'Send the body as application/json.');
    }
    if (!hasBody(request)) throw new Problem('unreadable', 'Send a body of JSON.');
    const parse = ofRoute === null ? usual : parser(ofRoute);
    await new Promise<void>((resolve, reject) => {
      parse(request, response, (error?: unknown) => {
        if (error === undefined || error === null) resolve();
        else reject(error); // by the parser, with the status that fits
      });
    });
  };
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
