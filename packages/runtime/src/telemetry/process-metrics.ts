import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import type { MeterProvider } from '@opentelemetry/sdk-metrics';

/** The health of the process itself, by the names of the semantic conventions: event loop, heap, collections, memory, CPU. */
export function startProcessMetrics(provider: MeterProvider): { stop(): void } {
  const runtime = new RuntimeNodeInstrumentation({ enabled: false });
  runtime.setMeterProvider(provider);
  runtime.enable();
  const meter = provider.getMeter('frontdesk');
  meter
    .createObservableGauge('process.memory.usage', { description: 'resident memory of the process', unit: 'By' })
    .addCallback((result) => result.observe(process.memoryUsage.rss()));
  meter
    .createObservableCounter('process.cpu.time', { description: 'processor time that the process used', unit: 's' })
    .addCallback((result) => {
      const { user, system } = process.cpuUsage();
      result.observe(user / 1e6, { 'cpu.mode': 'user' });
      result.observe(system / 1e6, { 'cpu.mode': 'system' });
    });
  return { stop: () => runtime.disable() };
}
