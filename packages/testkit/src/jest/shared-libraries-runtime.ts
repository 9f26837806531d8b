import { createRequire, isBuiltin } from 'node:module';
import { compileFunction, type CompileFunctionOptions, type Module } from 'node:vm';
import type jestRuntime from 'jest-runtime';
import { libraryAt } from './shared-libraries.ts';

const load = createRequire(import.meta.url);
// What `require` gives is CommonJS, and typed as that.
const { default: JestRuntime } = load('jest-runtime') as typeof jestRuntime;

/** What is used of the inside of Jest's runtime; its version is pinned, and `check` says when it is no longer so. */
type Internals = {
  esmLoader: {
    getContext: () => undefined;
    resolveSpecifierForSyncGraph: (
      from: string,
      specifier: string,
      context: unknown,
      scratch: Map<string, { cacheKey: string; kind: 'prelinked'; module: Module }>,
      ...rest: unknown[]
    ) => unknown;
    resolveModule: (specifier: string, from: string, context: unknown) => Promise<unknown>;
  };
  executor: {
    injectedModuleParameters: readonly string[];
    compile: (source: string, filename: string) => unknown;
    dynamicImport: (specifier: string, from: string, context: undefined, attributes: unknown) => Promise<Module>;
  };
  _resolution: { resolveEsm: (from: string, specifier: string) => string };
};

const getBuiltinModule = process.getBuiltinModule.bind(process);

type Compiled = { source: string; run: unknown };

/** Jest's own modules, compiled once in a worker; each test file runs them anew. */
const compiled = new Map<string, Compiled>();

/** Of the test file that runs now: what is compiled imports by it, and holds on to none that is over. */
let running: Internals['executor'];

const ownOrBuiltIn = /^(?:\.|\/|node:|data:|@frontdesk\/|@jest\/)/;

/**
 * Jest's runtime, except that libraries are loaded once in a worker and not once in each test file: most of a short file's time
 * was theirs. The project's own modules are new in each file. All of it lives in one realm, as it does in production.
 */
class SharedLibrariesRuntime extends JestRuntime {
  constructor(...options: ConstructorParameters<typeof JestRuntime>) {
    super(...options);
    const inside = check(this as unknown as Internals); // checked right there
    shareLibraries(inside);
    compileOnce(inside);
    // Libraries ask it too, and outlive this file.
    process.getBuiltinModule = getBuiltinModule;
  }
}

function check(inside: Internals): Internals {
  const { esmLoader, executor, _resolution: resolution } = inside;
  const used: unknown[] = [
    esmLoader?.getContext,
    esmLoader?.resolveSpecifierForSyncGraph,
    esmLoader?.resolveModule,
    executor?.compile,
    executor?.dynamicImport,
    resolution?.resolveEsm,
  ];
  if (used.every((member) => typeof member === 'function')) return inside;
  throw new Error(`jest-runtime has changed inside: ${import.meta.filename} has to follow it`);
}

function shareLibraries({ esmLoader, _resolution: resolution }: Internals): void {
  const libraryFor = (from: string, specifier: string) =>
    ownOrBuiltIn.test(specifier) || isBuiltin(specifier) ? null : libraryAt(resolution.resolveEsm(from, specifier));
  const resolveStatic = esmLoader.resolveSpecifierForSyncGraph.bind(esmLoader);
  const resolveDynamic = esmLoader.resolveModule.bind(esmLoader);
  esmLoader.resolveSpecifierForSyncGraph = (from, specifier, context, scratch, ...rest) => {
    const module = libraryFor(from, specifier);
    if (module === null) return resolveStatic(from, specifier, context, scratch, ...rest);
    const cacheKey = `library:${module.identifier}`;
    scratch.set(cacheKey, { cacheKey, kind: 'prelinked', module });
    return { cacheKey, enqueue: null, modulePath: module.identifier };
  };
  esmLoader.resolveModule = async (specifier, from, context) =>
    libraryFor(from, specifier) ?? (await resolveDynamic(specifier, from, context));
  esmLoader.getContext = () => undefined;
}

function compileOnce({ executor }: Internals): void {
  running = executor;
  executor.compile = (source, filename) => {
    const ready = compiled.get(filename);
    if (ready?.source === source) return ready.run;
    const run = compile(source, filename, executor.injectedModuleParameters);
    compiled.set(filename, { source, run });
    return run;
  };
}

function compile(source: string, filename: string, parameters: readonly string[]): unknown {
  const importModuleDynamically: CompileFunctionOptions['importModuleDynamically'] = async (specifier, _, attributes) =>
    running.dynamicImport(specifier, filename, undefined, attributes);
  return compileFunction(source, parameters, { filename, importModuleDynamically });
}

// Jest takes it by `require`.
export { SharedLibrariesRuntime as 'module.exports' };
