import type { AdminClient } from '../../admin/admin-client.ts';
import { allPages } from '../../admin/all-pages.ts';
import { registration } from '../../admin/answers.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';

/**
 * Whose campaign it is: the brand that was named, else the only one that the registry did not refuse.
 * @throws CommandFailure when there is none, or several
 */
export async function brandOfCampaign({ out }: CommandContext, admin: AdminClient, named?: string): Promise<string> {
  if (named !== undefined) return named;
  const { items } = await allPages(admin, 'listBrands', registration, 100);
  const [only, ...others] = items.filter(({ state }) => state !== 'failed');
  if (only === undefined) {
    return out.fail('Say who the clinic is first: frontdesk tendlc brand <file> --yes.', exitCodes.usedWrongly);
  }
  if (others.length > 0) {
    const brands = [only, ...others].map(({ id, details, state }) => `\n  ${id}  ${details.displayName}, ${state}`);
    return out.fail(
      `The clinic has several brands; say whose campaign it is, --brand <id>:${brands.join('')}`,
      exitCodes.usedWrongly,
    );
  }
  return only.id;
}
