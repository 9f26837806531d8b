export default {
  // Libraries are loaded once in a worker, the project's own modules in each file; all in one realm, as in production.
  testEnvironment: './packages/testkit/src/jest/one-realm-environment.ts',
  runtime: './packages/testkit/src/jest/shared-libraries-runtime.ts',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: './packages/testkit/src/global-setup.ts',
  globalTeardown: './packages/testkit/src/global-teardown.ts',
  setupFilesAfterEnv: ['./packages/testkit/src/temporal-equality.ts'],
  testSequencer: './packages/testkit/src/long-ones-first.mjs',
  testTimeout: 120_000,
  // Most of a test is waiting for other processes: as many as there are cores, on small machines too.
  maxWorkers: '100%',
};
