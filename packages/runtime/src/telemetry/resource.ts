import { hostname } from 'node:os';
import { parseKeyPairsIntoRecord } from '@opentelemetry/core';
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources';

export type Identity = {
  service: string;
  /** `FRONTDESK_ENV`. */
  environment?: string | undefined;
  /** What is deployed. */
  release?: string | undefined;
  /** `OTEL_RESOURCE_ATTRIBUTES`: `key=value,key=value`. They win, but for the name of the service. */
  attributes?: string | undefined;
};

/** Who sends the spans and metrics, by the names of OpenTelemetry's semantic conventions. */
export function resourceOf({ service, environment, release, attributes = '' }: Identity): Resource {
  return resourceFromAttributes({
    'service.namespace': 'frontdesk',
    'service.instance.id': `${hostname()}-${process.pid}`,
    ...(release === undefined ? {} : { 'service.version': release }),
    ...(environment === undefined ? {} : { 'deployment.environment.name': environment }),
    ...parseKeyPairsIntoRecord(attributes),
    'service.name': service,
  });
}
