import { writeFile } from 'node:fs/promises';
import { environmentPage } from './environment.ts';
import { root } from './tables.ts';

// Writes the documents that are made from the code.
await writeFile(new URL('docs/environment.md', root), await environmentPage());
