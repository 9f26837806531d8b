/** What somebody may do in a clinic, from least to most: look, act, and decide what cannot be undone. */
export const roles = ['viewer', 'manager', 'owner'] as const;
export type Role = (typeof roles)[number];

export function isAtLeast(role: Role, wanted: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(wanted);
}
