/** A request as it goes out. */
export type Wanted = {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  header: Record<string, unknown>;
  body: unknown;
};

const listOfField: Record<string, string> = {
  brandId: '/admin/tendlc/brands',
  senderId: '/admin/whatsapp/senders',
  locationId: 'locations',
};
const listOf = (path: string) => path.replace(/\/?[:{].*$/, '');

/** What a clinic has, by the path that lists it, so that most requests which name something by its id name what is there. */
export function knownThings(orgId: string) {
  const known = new Map<string, string[]>();

  function learn(path: string, id: unknown): void {
    const ids = known.get(listOf(path)) ?? [];
    if (typeof id === 'string' && !ids.includes(id)) known.set(listOf(path), [...ids, id]);
  }

  /** One of those that are there, for three of four ids. */
  function oneOf(list: string | undefined, id: unknown): unknown {
    const ids = known.get(list ?? '') ?? [];
    const dice = typeof id === 'string' ? Number.parseInt(id.slice(0, 4), 16) : Number.NaN;
    return ids.length === 0 || Number.isNaN(dice) || dice % 4 === 0 ? id : ids[dice % ids.length];
  }

  const named = (holder: object) =>
    Object.fromEntries(
      Object.entries(holder).map(([name, value]: [string, unknown]) => [
        name,
        name === 'orgId' ? orgId : oneOf(listOfField[name], value),
      ]),
    );

  return {
    learn,
    /** The same request about the clinic, wherever it names one, and about things that it has. */
    about(path: string, wanted: Wanted): Wanted {
      const { query, body } = wanted;
      const isRecord = typeof body === 'object' && body !== null && !Array.isArray(body);
      return {
        ...wanted,
        path: { ...wanted.path, ...('id' in wanted.path && { id: oneOf(listOf(path), wanted.path['id']) }) },
        query: named(query),
        body: isRecord ? named(body) : body,
      };
    },
  };
}
