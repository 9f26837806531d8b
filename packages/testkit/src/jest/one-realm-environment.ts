import { Module } from 'node:module';
import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';

/** What a test file leaves on the global object: Jest's own state and matchers, and OpenTelemetry's providers. */
const leftByFile = /jest|EVENT_HANDLERS|RETRY|TIMEOUT_SYMBOL|opentelemetry/i;

/** Jest's environment in the realm of the process itself: an `Error` or a `Date` of a library is one of a test, too. */
class OneRealmEnvironment extends NodeEnvironment {
  private readonly before = {
    env: { ...process.env },
    exit: Object.getOwnPropertyDescriptor(process, 'exit') ?? {},
    console: globalThis.console,
    require: Object.getOwnPropertyDescriptor(Module.prototype, 'require') ?? {}, // which OpenTelemetry wraps
  };

  constructor(...options: ConstructorParameters<typeof NodeEnvironment>) {
    super(...options);
    const [{ projectConfig: config }] = options;
    this.fakeTimers?.dispose();
    this.fakeTimersModern?.dispose();
    this.global = globalThis as unknown as typeof this.global; // the one realm
    this.moduleMocker = madeAnew(this.moduleMocker, globalThis);
    this.fakeTimersModern = madeAnew(this.fakeTimersModern, { config, global: globalThis });
  }

  override async teardown(): Promise<void> {
    await super.teardown();
    Object.defineProperty(process, 'exit', this.before.exit);
    globalThis.console = this.before.console;
    Object.defineProperty(Module.prototype, 'require', this.before.require);
    for (const name of Object.keys(process.env)) if (!(name in this.before.env)) delete process.env[name];
    Object.assign(process.env, this.before.env);
    for (const key of Object.getOwnPropertySymbols(globalThis)) {
      if (leftByFile.test(key.description ?? '')) forget(key);
    }
  }
}

/** What Jest's matchers keep, the one thing that cannot be taken from the global object again. */
type KeptByMatchers = { customEqualityTesters: unknown[]; matchers: Record<string, unknown> };

/** What stayed would hold on to its whole test file, and every later comparison would ask it, too. */
function forget(key: symbol): void {
  if (Reflect.deleteProperty(globalThis, key)) return;
  const { customEqualityTesters, matchers } = Reflect.get(globalThis, key) as KeptByMatchers; // Jest's version is pinned
  customEqualityTesters.length = 0;
  for (const name of Object.keys(matchers)) delete matchers[name];
}

/** The same thing for another global object. */
function madeAnew<Thing extends object>(thing: Thing | null, ...options: unknown[]): Thing | null {
  if (thing === null) return null;
  return Reflect.construct(thing.constructor as new () => Thing, options); // of its own class
}

export { OneRealmEnvironment as default };
