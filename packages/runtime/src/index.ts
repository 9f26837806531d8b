export { commonConfig, judgeConfig, loadConfig, readVariables, type ProcessConfig, type WorkConfig } from './config.ts';
export { statusOf } from './http-errors.ts';
export { createHost, type Host, type HostOptions, type Part } from './host.ts';
export { listen, type Listener } from './listen.ts';
export { createLogger } from './logger.ts';
export { meter } from './meter.ts';
export type { Check, OperationsOptions } from './operations-app.ts';
export { runUntilSignal, type Runnable } from './run-until-signal.ts';
export type { Telemetry, TelemetryOptions } from './telemetry.ts';
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
