import type { ComposeFile, ComposeService } from './compose-file.ts';

/**
 * Starts every service of the file as soon as those that it waits for are started, and side by side otherwise.
 * @throws Error when services wait for each other, or for one that is not in the file
 */
export async function inOrder(
  { services }: ComposeFile,
  start: (name: string, service: ComposeService) => Promise<void>,
): Promise<void> {
  const started = new Map<string, Promise<void>>();
  const begin = (name: string, path: readonly string[]): Promise<void> => {
    const service = services[name];
    if (service === undefined) throw new Error(`${path.at(-1)} waits for ${name}, which is not in the file`);
    if (path.includes(name)) throw new Error(`these wait for each other: ${[...path, name].join(' → ')}`);
    const known = started.get(name);
    if (known !== undefined) return known;
    const needed = Object.keys(service.depends_on).map((other) => begin(other, [...path, name]));
    const starting = Promise.all(needed).then(() => start(name, service));
    started.set(name, starting);
    return starting;
  };
  const all = Object.keys(services).map((name) => begin(name, []));
  await Promise.allSettled(all); // one that failed leaves no other half started
  await Promise.all(all);
}
