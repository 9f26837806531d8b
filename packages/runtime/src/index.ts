export {
  commonConfig,
  judgeConfig,
  loadConfig,
  readVariables,
  queueConfig,
  type ProcessConfig,
  type WorkConfig,
} from './config.ts';
export { answerError, statusOf } from './http-errors.ts';
export { createHost, type Host, type HostOptions, type Part } from './host.ts';
export { listen, type Listener } from './listen.ts';
export { createLogger } from './logger.ts';
export { meter } from './meter.ts';
export { createOperationsApp, type Check, type OperationsOptions } from './operations-app.ts';
export { runUntilSignal, type Runnable } from './run-until-signal.ts';
export { startTelemetry, type Telemetry, type TelemetryOptions } from './telemetry.ts';
export { telemetrySettings } from './telemetry/telemetry-settings.ts';
export {
  deployment,
  publicUrl,
  secret,
  settingsOf,
  tokenKeys,
  vendorUrl,
  type Deployment,
  type Setting,
} from './setting.ts';
export { withSpan } from './with-span.ts';
