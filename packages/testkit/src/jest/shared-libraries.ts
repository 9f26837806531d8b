import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { types } from 'node:util';
import { SyntheticModule, type Module } from 'node:vm';

const load = createRequire(import.meta.url);
const known = new Map<string, Module | null>();

/** Jest's own keep what a test file told them, and so does OpenTelemetry: these are new in each file. */
const keptPerFile = /\/node_modules\/(?:@jest\/|jest|expect\/|@opentelemetry\/)/;
const code = new Set(['.js', '.cjs', '.mjs']);

/** The library's module at this path, loaded by Node itself and kept for all test files of this process; null when each needs its own. */
export function libraryAt(path: string): Module | null {
  let module = known.get(path);
  if (module === undefined) {
    module = isShared(path) ? asModule(path, load(path)) : null;
    known.set(path, module);
  }
  return module;
}

function isShared(path: string): boolean {
  const last = path.lastIndexOf('/node_modules/');
  return last !== -1 && code.has(extname(path)) && !keptPerFile.test(path.slice(last));
}

/** Named as Node names them: an ES module by its exports, CommonJS by the fields of `module.exports`, which is the default. */
function asModule(path: string, exported: unknown): Module | null {
  const isEsm = types.isModuleNamespaceObject(exported);
  if (!isEsm && extname(path) === '.mjs') return null; // it says itself what `require` gets, and that is not all of it
  const fields = Object.entries(
    exported !== null && (typeof exported === 'object' || typeof exported === 'function') ? exported : {},
  );
  const named = isEsm ? fields : fields.filter(([name]) => name !== 'default' && name !== 'module.exports');
  const all = isEsm ? named : [...named, ['default', exported] as const, ['module.exports', exported] as const];
  const module = new SyntheticModule(
    all.map(([name]) => name),
    () => {
      for (const [name, value] of all) module.setExport(name, value);
    },
    { identifier: path },
  );
  void module.evaluate(); // done when it returns, for nothing is imported
  return module;
}
