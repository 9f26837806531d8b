export { createTestClinic, testTokenKeys } from './test-clinic.ts';
export { createTestDatabase, type TestDatabase } from './test-database.ts';
