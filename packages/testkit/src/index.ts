export { createTestClinic, testTokenKeys } from './test-clinic.ts';
export { createTestDatabase, openTestDatabase, type TestDatabase } from './test-database.ts';
export { createTestQueues, type TestQueues } from './test-queues.ts';
export { createTestPerson, type TestPerson } from './test-person.ts';
export { startTestRedis, type TestRedis } from './test-redis.ts';
export { findTraces, type Trace } from './find-traces.ts';
export { sendToQueue } from './send-to-queue.ts';
export { textRequested } from './test-events.ts';
export { until } from './until.ts';
