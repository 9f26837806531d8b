import { says } from './words.ts';

type Named = { id: string; name: string; aliases: readonly string[] };

/** What the words name: one service, several that fit equally well, or none. */
export type ServiceMatch<S> = { kind: 'one'; service: S } | { kind: 'several'; services: S[] } | { kind: 'none' };

/**
 * The service that the words name, by name or alias as whole words. The longest match wins, so that "lip filler" is not
 * "lip"; matches of different services that do not lie within one another are for the person to choose between.
 */
export function matchService<S extends Named>(words: string, services: readonly S[]): ServiceMatch<S> {
  const hits = services
    .flatMap((service) => [service.name, ...service.aliases].map((name) => ({ service, name: name.toLowerCase() })))
    .filter(({ name }) => says(words, name) || says(words, `${name}s`));
  const longest = hits.filter(
    (hit) => !hits.some((other) => other.name.length > hit.name.length && says(other.name, hit.name)),
  );
  const [first, ...others] = [...new Set(longest.map(({ service }) => service))];
  if (first === undefined) return { kind: 'none' };
  return others.length === 0 ? { kind: 'one', service: first } : { kind: 'several', services: [first, ...others] };
}
