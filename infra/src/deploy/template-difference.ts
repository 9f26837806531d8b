import { isDeepStrictEqual } from 'node:util';

type Resource = { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> };
/** A template of CloudFormation, as far as it is compared. */
export type StackTemplate = { readonly Resources: Readonly<Record<string, Resource>> };

export type ResourceChange = {
  readonly change: 'new' | 'gone' | 'changed';
  readonly type: string;
  readonly id: string;
  /** Which properties of a changed one differ. */
  readonly properties: readonly string[];
};

/** What a deployment would change in a stack's resources. The image is a parameter and is not among it. */
export function templateDifference(before: StackTemplate, after: StackTemplate): ResourceChange[] {
  const ids = new Set([...Object.keys(before.Resources), ...Object.keys(after.Resources)]);
  return [...ids].toSorted().flatMap((id): ResourceChange[] => {
    const [was, is] = [before.Resources[id], after.Resources[id]];
    if (was === undefined && is !== undefined) return [{ change: 'new', type: is.Type, id, properties: [] }];
    if (was !== undefined && is === undefined) return [{ change: 'gone', type: was.Type, id, properties: [] }];
    if (was === undefined || is === undefined || isDeepStrictEqual(was, is)) return [];
    return [{ change: 'changed', type: is.Type, id, properties: differingProperties(was, is) }];
  });
}

function differingProperties(was: Resource, is: Resource): string[] {
  const [before, after] = [was.Properties ?? {}, is.Properties ?? {}];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .toSorted();
}

/** The number of resources by type. */
export function resourcesOf({ Resources }: StackTemplate): { type: string; count: number }[] {
  const byType = Map.groupBy(Object.values(Resources), ({ Type }) => Type);
  return [...byType]
    .map(([type, all]) => ({ type, count: all.length }))
    .toSorted((a, b) => a.type.localeCompare(b.type));
}
