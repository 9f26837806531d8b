import { isId, type Id } from '@frontdesk/kernel';
import type { Request } from 'express';
import type { Principal } from '../auth/claims.ts';
import { isAtLeast, type Role } from '../auth/roles.ts';
import type { VerifyToken } from '../auth/verify-token.ts';
import { Problem } from '../contract/problems.ts';
import type { Route } from '../contract/route.ts';

/** Who asks. @throws Problem without a token, and for every token that is not good, without saying what is wrong with it */
export async function authenticate(request: Request, verifyToken: VerifyToken): Promise<Principal> {
  const [scheme, token, ...more] = (request.headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || token === undefined || token === '' || more.length > 0) {
    throw new Problem('token-missing', 'Send the header `Authorization: Bearer <token>`.');
  }
  const principal = await verifyToken(token);
  if (principal === null) {
    throw new Problem(
      'token-invalid',
      'Get a new token: this one is expired, or not from the issuer for this service.',
    );
  }
  return principal;
}

/**
 * Whether they may do this in the clinic that the request names. It looks at the token alone, so a clinic that does not exist
 * is refused like one of somebody else. Null: what is named is no id, which the schema will say.
 */
export function authorize(route: Route, principal: Principal, named: unknown): { orgId: Id; role: Role } | null {
  if (typeof named !== 'string' || !isId(named)) return null;
  const orgId = named.toLowerCase();
  const role = principal.clinics.get(orgId);
  if (role === undefined) {
    throw new Problem('other-clinic', 'Ask with a token that gives a role in this clinic.');
  }
  if (!isAtLeast(role, route.role)) {
    throw new Problem('role-too-small', `This needs the role ${route.role} in the clinic; the token gives ${role}.`);
  }
  return { orgId, role };
}
