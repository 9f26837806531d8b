import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Tools that are images of their own: migrations, the command line, and what a laptop needs beside the services. */
const tools = ['migrate', 'frontdesk', 'laptop'];

/** What SERVICE may be. */
export function deployablesOf(repository: string): string[] {
  const services = readdirSync(join(repository, 'services'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  return [...services.toSorted(), ...tools];
}
