export { commonConfig, loadConfig, secret, settingsOf } from './config.ts';
export { answerError, statusOf } from './http-errors.ts';
export { listen, type Listener } from './listen.ts';
export { createLogger } from './logger.ts';
export { meter } from './meter.ts';
export { createOperationsApp, type Check, type OperationsOptions } from './operations-app.ts';
export { runUntilSignal, type Runnable } from './run-until-signal.ts';
export { startTelemetry, type Telemetry, type TelemetryOptions } from './telemetry.ts';
export { withSpan } from './with-span.ts';
