import { isId, type Id } from '@frontdesk/kernel';
import { z } from 'zod';
import { roles, type Role } from './roles.ts';

/** Who asks, as a verified token says. */
export type Principal = {
  /** The token's `sub`: an id, never a name or an address. */
  subject: string;
  /** The clinics in which they have a role. */
  clinics: ReadonlyMap<Id, Role>;
};

/** The claim with the clinics: `{ "<clinic id>": "owner" | "manager" | "viewer" }`. Cognito's attributes hold it as JSON text. */
const clinicsClaim = 'frontdesk:orgs';

const clinicsSchema = z.record(
  z
    .string()
    .refine(isId)
    .transform((id) => id.toLowerCase()),
  z.enum(roles),
);
const claimsSchema = z.object({
  sub: z.string().regex(/^[\x21-\x7e]{1,128}$/),
  exp: z.number(), // a token without an end is none
  [clinicsClaim]: z.union([clinicsSchema, z.string().transform(readJson).pipe(clinicsSchema)]).optional(),
});

/** Reads a token whose signature and lifetime are good. Null: it names nobody, or its clinics cannot be read. */
export function readClaims(payload: unknown): Principal | null {
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) return null;
  return { subject: parsed.data.sub, clinics: new Map(Object.entries(parsed.data[clinicsClaim] ?? {})) };
}

function readJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'it is not JSON' });
    return z.NEVER;
  }
}
