import { z } from 'zod';
import { CommandFailure, exitCodes } from '../exit-codes.ts';

const problemSchema = z.object({
  title: z.string(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
  errors: z
    .array(
      z.object({
        pointer: z.string().optional(),
        parameter: z.string().optional(),
        detail: z.string(),
        mend: z.string(),
      }),
    )
    .default([]),
});

const advice: Readonly<Record<string, string>> = {
  'token-missing': 'Set FRONTDESK_TOKEN to a token of your identity provider.',
  'token-invalid':
    'On the stack of npm start `frontdesk token` prints one, elsewhere your identity provider; see that FRONTDESK_API_URL is its desk.',
  'other-clinic': 'See that --clinic is the clinic that the token is for.',
  'not-found': 'See that --clinic is the clinic that has it; `list` and `orders` show what there is.',
  'role-too-small': 'Ask the owner of the clinic, or use a token of theirs.',
};

/** Whoever typed it can mend it. */
const mendable = new Set(['invalid-fields', 'unreadable']);

/** A refusal of the administration (RFC 9457), in words for whoever typed the command. */
export function explainProblem(status: number, body: unknown): CommandFailure {
  const { success, data: problem } = problemSchema.safeParse(body);
  if (!success) {
    const words = `The administration answered ${status}, and nothing that can be read: see that FRONTDESK_API_URL is its address.`;
    return new CommandFailure(words, exitCodes.failed);
  }
  const { title, detail, code, requestId, errors } = problem;
  const lines = [
    errors.length > 0 ? `${title}.` : code === 'not-found' ? detail : `${title}: ${detail}`,
    ...errors.map((fault) => `  ${placeOf(fault)}: ${sentence(fault.detail)} Do this: ${sentence(fault.mend)}`),
    ...(advice[code] === undefined ? [] : [advice[code]]),
    `(${code}; if you ask for help, name the request ${requestId})`,
  ];
  return new CommandFailure(lines.join('\n'), mendable.has(code) ? exitCodes.usedWrongly : exitCodes.failed);
}

const sentence = (words: string) => `${words.replace(/\.$/, '')}.`;

/** `#/details/samples/0` as `details.samples.0`. */
function placeOf({ pointer, parameter }: { pointer?: string | undefined; parameter?: string | undefined }): string {
  const place = pointer?.replace(/^#\//, '').replaceAll('/', '.') ?? parameter ?? '';
  return place === '' ? 'the request' : place;
}
