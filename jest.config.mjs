export default {
  testEnvironment: 'node',
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
